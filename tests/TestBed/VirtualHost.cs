namespace Skypunch.TestBed;

/// <summary>An empty virtual host of a broker, and how to enter it.</summary>
public sealed record VirtualHost(string Host, ushort Port, string User, string Password, string Name)
{
    public Uri Uri { get; } = new($"amqp://{User}:{Password}@{Host}:{Port}/{System.Uri.EscapeDataString(Name)}");
}
