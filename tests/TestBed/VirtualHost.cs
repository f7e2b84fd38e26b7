namespace Skypunch.TestBed;

/// <summary>A virtual host of a broker, and the login to it.</summary>
public sealed record VirtualHost(string Host, ushort Port, string User, string Password, string Name)
{
    public Uri Uri { get; } = new($"amqp://{User}:{Password}@{Host}:{Port}/{System.Uri.EscapeDataString(Name)}");
}
