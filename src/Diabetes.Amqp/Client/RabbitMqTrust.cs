using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;

namespace Diabetes.Amqp.Client;

/// <summary>
/// Trusts only the certificate authorities in one PEM file. The certificate must still have the right name and be in date.
/// </summary>
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
            throw new ArgumentException(
                $"The TLS authorities in '{caFile}' cannot be read: {fault.Message} Name a PEM file, or leave it empty to use the "
                + "system's.", fault);
        }

        if (_authorities.Count == 0)
        {
            throw new ArgumentException(
                $"The file of TLS authorities '{caFile}' holds no certificate. Name a PEM file, or leave it empty to use the system's.");
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
