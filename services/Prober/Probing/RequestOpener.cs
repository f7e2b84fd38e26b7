using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.Prober.Http;
using Skypunch.Prober.Tracing;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Prober.Probing;

/// <summary>Opens the sealed parts of a target's request at the moment of use.</summary>
internal sealed class RequestOpener(SecretBox box)
{
    private const int MostTlsSettings = 10_000;

    // It is expensive to load a certificate and its key, and OpenSSL keeps a context for each. The key here is a hash of their text, which
    // is no secret.
    private readonly ConcurrentDictionary<UInt128, TlsSettings> _tlsSettings = new();

    /// <summary>Opens the parts of a job. The mask learns their secrets.</summary>
    /// <exception cref="CryptographicException">The parts were sealed with another key or for another job: our own fault.</exception>
    public bool TryOpen(
        ProbeJob job,
        SecretMask mask,
        [NotNullWhen(true)] out OpenedParts? parts,
        [NotNullWhen(false)] out ProbeFailure? failure)
    {
        parts = OpenedParts.None;
        failure = null;
        if (job.Url.Contains('?', StringComparison.Ordinal))
        {
            mask.Add(() => SecretParts.OfQuery(job.Url));
        }

        if (job is { SealedHeaders: null, SealedBody: null, SealedTlsParameters: null, ContentType: null, SealedProxy: null, SealedQuerySecrets: null })
        {
            return true;
        }

        string? error;
        if (job.ContentType?.All(c => c is >= ' ' and <= '~') is false)
        {
            error = $"content_type {Words.Quote(job.ContentType)} must be on one line, in ASCII";
        }
        else if (!HeaderText.TryParse(box.OpenOf(job, SecretNames.Headers, job.SealedHeaders), out var headers, out error))
        {
            error = $"headers {error}";
        }
        else if (!QueryText.TryParse(box.OpenOf(job, SecretNames.QuerySecrets, job.SealedQuerySecrets), out var query, out error))
        {
            error = $"query_secrets {error}";
        }
        else if (HttpProxy.Read(box.OpenOf(job, SecretNames.Proxy, job.SealedProxy), out var proxy) is { } wrong)
        {
            error = $"proxy {wrong}";
        }
        else if (TryReadTls(box.OpenOf(job, SecretNames.Tls, job.SealedTlsParameters), out var tls, out error))
        {
            foreach (var secret in query.Select(parameter => parameter.Value).Concat(proxy?.Secrets ?? []))
            {
                mask.Add(secret);
            }

            parts = PartsOf(job, headers, box.OpenOf(job, SecretNames.Body, job.SealedBody), mask, new OpenedParts { Tls = tls, Proxy = proxy, Query = QueryText.Format(query) });
            return true;
        }

        parts = null;
        failure = new ProbeFailure(ProbeReasons.TargetInvalid, error);
        return false;
    }

    private static OpenedParts PartsOf(
        ProbeJob job,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string body,
        SecretMask mask,
        OpenedParts others)
    {
        foreach (var (_, value) in headers.Where(header => HeaderText.IsSecret(header.Key)))
        {
            mask.Add(() => SecretParts.OfHeader(value)); // a server may send "Bearer abc" back as abc
        }

        var isJson = body.Length > 0 && IsJson(body);
        if (body.Length > 0)
        {
            mask.Add(() => SecretParts.OfBody(body, isJson));
        }

        return new OpenedParts
        {
            Headers = headers,
            Body = body.Length == 0 ? null : Encoding.UTF8.GetBytes(body),
            ContentType = job.ContentType is { Length: > 0 } type ? type : isJson ? "application/json" : "text/plain; charset=utf-8",
            Tls = others.Tls,
            Proxy = others.Proxy,
            Query = others.Query,
        };
    }

    private bool TryReadTls(string text, out TlsSettings tls, [NotNullWhen(false)] out string? error)
    {
        tls = TlsSettings.Default;
        error = null;
        var hash = text.Length == 0 ? default : BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (text.Length == 0 || _tlsSettings.TryGetValue(hash, out tls!))
        {
            tls ??= TlsSettings.Default;
            return true;
        }

        if (!ParameterText.TryParse(text, out var parameters, out error))
        {
            error = $"tls_parms {error}";
            return false;
        }

        var faults = TlsParameters.Faults(parameters).Select(fault => $"tls_parms {fault.Parameter} {fault.Words}").ToArray();
        if (faults.Length > 0)
        {
            error = string.Join("; ", faults);
            return false;
        }

        if (_tlsSettings.Count >= MostTlsSettings)
        {
            _tlsSettings.Clear();
        }

        tls = _tlsSettings.GetOrAdd(hash, TlsSettings.Of(parameters));
        return true;
    }

    private static bool IsJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
