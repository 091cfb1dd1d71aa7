using System.ComponentModel.DataAnnotations;

namespace SreBot.Delivery.Mail;

/// <summary>Settings <c>Smtp:*</c>: the server that mail goes through.</summary>
internal sealed class SmtpOptions
{
    /// <summary>Empty: no mail.</summary>
    public string? Host { get; set; }

    /// <summary>587 unless set.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Empty for a server that asks for nobody.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whom mail comes from, as <c>srebot@example.org</c> or <c>SreBot &lt;srebot@example.org&gt;</c>; <see cref="User"/> unless set.</summary>
    public string? From { get; set; }

    /// <summary>TLS from the first byte instead of STARTTLS; on port 465 unless set.</summary>
    public bool? ImplicitTls { get; set; }

    /// <summary>Speaks on without TLS when the server offers none. A password is never sent so.</summary>
    public bool AllowPlain { get; set; }

    /// <summary>A PEM file with the certificates that this server's is trusted by, instead of the machine's; empty: the machine's.</summary>
    public string? TrustFile { get; set; }
}
