using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Logging;

/// <summary>
/// Keeps the log small while a fault repeats. A line of Skypunch's own with an exception has its stack trace once a minute, and otherwise
/// only the exception's message. A line that the libraries of the bus and the database log about the same fault is left out, and the next
/// one says how many lines were left out.
/// </summary>
internal sealed class BoundedLog(ILoggerProvider inner, RepeatedFaults faults) : ILoggerProvider, ISupportExternalScope
{
    private static readonly string[] Libraries = ["MassTransit", "Microsoft.EntityFrameworkCore"];

    /// <summary>Wraps all logger providers that have been added so far.</summary>
    public static void Bound(IServiceCollection services)
    {
        services.TryAddSingleton<RepeatedFaults>();
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { ServiceType: var type, IsKeyedService: false } provider && type == typeof(ILoggerProvider))
            {
                services[i] = ServiceDescriptor.Singleton<ILoggerProvider>(all => new BoundedLog(Make(provider, all), all.GetRequiredService<RepeatedFaults>()));
            }
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName), categoryName, faults);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private static ILoggerProvider Make(ServiceDescriptor provider, IServiceProvider services)
        => (ILoggerProvider)(provider.ImplementationInstance
            ?? provider.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, provider.ImplementationType!));

    private sealed class Logger(ILogger inner, string category, RepeatedFaults faults) : ILogger
    {
        private readonly bool _isLibrary = Libraries.Any(name => category.StartsWith(name, StringComparison.Ordinal));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (level < LogLevel.Warning || (exception is null && !_isLibrary))
            {
                inner.Log(level, id, state, exception, formatter);
            }
            else if (faults.IsDue(category, id.Id, FaultOf(id, state, exception), out var since))
            {
                inner.Log(level, id, state, exception, since == 0 ? formatter : (s, e) => $"{formatter(s, e)} ({since} more like it since this was last logged)");
            }
            else if (!_isLibrary)
            {
                inner.Log(level, id, state, null, (s, _) => $"{formatter(s, null)} {exception!.GetBaseException().Message}");
            }
        }

        // Lines of libraries that have no event id are distinguished by their templates. Exceptions are distinguished by their types, since
        // their messages may differ each time, as by a port number.
        private static string FaultOf<TState>(EventId id, TState state, Exception? exception)
        {
            var template = id.Id == 0 && state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values ? values[^1].Value as string : null;
            return $"{template} {exception?.GetType()} {exception?.GetBaseException().GetType()}";
        }
    }
}
