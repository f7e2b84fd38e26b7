using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Skypunch.ServiceDefaults.Logging;

/// <summary>
/// Keeps the log small while a fault repeats. What we log with an exception has its stack once a minute, and is a line otherwise; what the libraries of bus and database log of
/// the same fault is left out, and the next one says how many were.
/// </summary>
internal sealed class BoundedLog(ILoggerProvider inner, RepeatedFaults faults) : ILoggerProvider, ISupportExternalScope
{
    private static readonly string[] Libraries = ["MassTransit", "Microsoft.EntityFrameworkCore"];

    /// <summary>Has all providers that are there by now bounded.</summary>
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
            else if (faults.IsTurn(category, id.Id, FaultOf(id, state, exception), out var since))
            {
                inner.Log(level, id, state, exception, since == 0 ? formatter : (s, e) => $"{formatter(s, e)} ({since} more like it since this was last told)");
            }
            else if (!_isLibrary)
            {
                inner.Log(level, id, state, null, (s, _) => $"{formatter(s, null)} {exception!.GetBaseException().Message}");
            }
        }

        // Libraries whose lines have no id are told apart by their templates. A message may name what is different each time, such as a port: the type is enough there.
        private static string FaultOf<TState>(EventId id, TState state, Exception? exception)
        {
            var template = id.Id == 0 && state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values ? values[^1].Value as string : null;
            return $"{template} {exception?.GetType()} {exception?.GetBaseException().GetType()}";
        }
    }
}
