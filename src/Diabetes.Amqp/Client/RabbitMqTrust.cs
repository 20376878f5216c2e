using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;

namespace Diabetes.Amqp.Client;

/// <summary>Trusts the authorities of one PEM file and no others. The certificate must still carry the right name and be in date.</summary>
internal sealed class RabbitMqTrust
{
    private readonly X509Certificate2Collection _authorities = [];

    public RabbitMqTrust(string caFile)
    {
        try
        {
            _authorities.ImportFromPemFile(caFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"The file of authorities for TLS, '{caFile}', cannot be read: {fault.Message} Name a PEM file, or none for the system's authorities.", fault);
        }

        if (_authorities.Count == 0)
        {
            throw new ArgumentException($"The file of authorities for TLS, '{caFile}', holds no certificate. Name a PEM file, or none for the system's authorities.");
        }
    }

    public bool Validate(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        // The system's own verdict on the chain is what this file replaces; what it says of the name stands.
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
