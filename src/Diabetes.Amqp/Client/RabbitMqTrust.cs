using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Trusts only the certificate authorities in one PEM file. The certificate must still have the right name and be in date.
/// </summary>
internal sealed class RabbitMqTrust
{
    private const string Advice =
        "Set amqp.tls.ca-file to a PEM file of certificate authorities, or leave it empty to trust those of the system.";

    private readonly X509Certificate2Collection _authorities = [];

    public RabbitMqTrust(string caFile)
    {
        try
        {
            _authorities.ImportFromPemFile(caFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"amqp.tls.ca-file: '{caFile}' cannot be read: {fault.Message} {Advice}", fault);
        }

        if (_authorities.Count == 0)
        {
            throw new ArgumentException($"amqp.tls.ca-file: '{caFile}' holds no certificate. {Advice}");
        }
    }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        // This file replaces the system's check of the chain, but not its check of the name.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var checkable = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(checkable);
    }
}
