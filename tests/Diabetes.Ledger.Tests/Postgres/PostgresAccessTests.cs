using Diabetes.Domain.Joining;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Tests.Joins;
using Diabetes.Ledger.Tests.Sqlite;
using Diabetes.Testing.Logging;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>Getting in, and reading out.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresAccessTests(PostgresFixture fixture)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task Open_NoSuchDatabase_SaysWhatToDo()
    {
        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(new PostgresOptions(fixture.Server.UriOf("nowhere"))));

        Assert.Contains("nowhere", fault.Message);
        Assert.Contains("createdb", fault.Message);
    }

    [Fact]
    public async Task Open_UserMayNotMakeASchema_SaysWhatToDo()
    {
        var (name, options) = await fixture.CreateAsync();
        await fixture.Server.SqlAsync(name, $"CREATE ROLE guest_{name} LOGIN");
        var guest = options with { Uri = new UriBuilder(options.Uri) { UserName = $"guest_{name}" }.Uri };

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(guest));

        Assert.Contains("GRANT CREATE ON DATABASE", fault.Message);
    }

    [Theory]
    [InlineData("http://localhost/db")]
    [InlineData("postgres://localhost")]
    [InlineData("postgres://localhost/db?sslmode=perhaps")]
    [InlineData("postgres://localhost/db?colour=red")]
    public async Task Open_UriThatIsNone_SaysWhy(string uri)
    {
        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(new PostgresOptions(new Uri(uri))));

        Assert.Contains("metric.postgres.uri", fault.Message);
    }

    [Fact]
    public void Options_Shown_KeepThePasswordToThemselves()
    {
        var options = new PostgresOptions(new Uri("postgres://me:s3cret@db.example/errors?sslmode=verify-full&application_name=x"));

        Assert.Equal("db.example:5432/errors", options.ToString());
        var text = PostgresConnectionString.Of(options);
        Assert.Contains("Password=s3cret", text);
        Assert.Contains("SSL Mode=VerifyFull", text);
        Assert.Contains("Application Name=x", text);
    }

    [Theory]
    [InlineData("postgres://me@db.example/errors", "VerifyFull", "", null)]
    [InlineData("postgres://me@127.0.0.1/errors", "Prefer", "", null)]
    [InlineData("postgres://me@localhost/errors", "Prefer", "", null)]
    [InlineData("postgres://me@[::1]/errors", "Prefer", "", null)]
    [InlineData("postgres://me@db.example/errors?sslmode=require", "Require", "ScramSHA256", "require")]
    [InlineData("postgres://me@db.example/errors?sslmode=disable", "Disable", "ScramSHA256", "disable")]
    [InlineData("postgres://me@db.example/errors?sslmode=require&require_auth=md5", "Require", "MD5", "require")]
    [InlineData("postgres://me@db.example/errors?channel_binding=require", "VerifyFull", "", null)]
    [InlineData("postgres://me@db.example/errors?require_auth=!password", "VerifyFull", "!Password", null)]
    public void Uri_BeyondLoopback_ChecksTheServerUnlessToldOtherwise(string uri, string mode, string auth, string? said)
    {
        var options = new PostgresOptions(new Uri(uri));

        var connection = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = PostgresConnectionString.Of(options) };

        Assert.Equal(mode, connection["SSL Mode"].ToString());
        Assert.Equal(auth, connection.TryGetValue("Require Auth", out var value) ? value.ToString() : "");
        Assert.Equal(said, PostgresConnectionString.UncheckedMode(options));
    }

    [Theory]
    [InlineData("host=db.example")]
    [InlineData("Server=db.example")]
    public void Uri_AnotherHostInTheQuery_IsRefused(string query) => Assert.Contains(
        "another host",
        Assert.Throws<StoreUnusableException>(
            () => PostgresConnectionString.Of(new PostgresOptions(new Uri($"postgres://me@localhost/errors?{query}")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Open_SchemaThatIsNoName_IsRefused() => await Assert.ThrowsAsync<StoreUnusableException>(() =>
        OpenAsync(new PostgresOptions(fixture.Server.UriOf("postgres")) { Schema = "a; DROP TABLE b" }));

    [Fact]
    public async Task Open_TablesOfALaterVersion_SaysSoAndChangesNothing()
    {
        var (name, options) = await fixture.CreateAsync();
        await (await OpenAsync(options)).DisposeAsync();
        await fixture.Server.SqlAsync(name, "UPDATE diabetes.state SET format = 2; DROP TABLE diabetes.pending");

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(options));

        Assert.Contains("format 2", fault.Message);
        Assert.Contains("metric.postgres.schema", fault.Message);
        Assert.Equal(
            "", await fixture.Server.SqlAsync(name, "SELECT 1 FROM pg_tables WHERE schemaname = 'diabetes' AND tablename = 'pending'"));
    }

    [Fact]
    public async Task Open_WhileABackupReads_DoesNotWaitForIt()
    {
        var (name, options) = await fixture.CreateAsync();
        await (await OpenAsync(options)).DisposeAsync();
        var backup = fixture.Server.SqlAsync(
            name,
            "BEGIN; LOCK TABLE diabetes.state, diabetes.counts, diabetes.pending, diabetes.ledger, diabetes.writers " +
                "IN ACCESS SHARE MODE; SELECT pg_advisory_lock(1); SELECT pg_sleep(60)");
        await fixture.Server.SqlAsync(name, "DO $$ BEGIN WHILE pg_try_advisory_lock(1) LOOP PERFORM pg_advisory_unlock(1), " +
            "pg_sleep(0.02); END LOOP; END $$");

        await (await OpenAsync(options)).DisposeAsync();

        Assert.False(backup.IsCompleted);
        await fixture.Server.SqlAsync(name, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        await Assert.ThrowsAsync<InvalidOperationException>(() => backup);
    }

    [Fact]
    public async Task Store_OpenedBeforeItsServer_SaysUnavailableAndThenMakesItsTables()
    {
        var (name, options) = await fixture.CreateAsync();
        await fixture.Server.StopAsync();
        await using var store = PostgresJoinStore.Open(options, TimeProvider.System, _log);
        try
        {
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => On(store).CommitAsync([True(1, 1)], 0, 0, default));
            Assert.Contains("not reachable", fault.Message);
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CountAsync(default));
        }
        finally
        {
            await fixture.Server.StartAsync();
        }

        Assert.Equal([Verdict.Hold], (await On(store).CommitAsync([True(1, 1)], 0, 0, default)).Verdicts);
        Assert.Equal("1", await fixture.Server.SqlAsync(name, "SELECT count(*) FROM diabetes.pending"));
    }

    [Fact]
    public async Task Open_ServerWithoutTls_SaysWhatToMend()
    {
        var (_, options) = await fixture.CreateAsync();
        var secure = options with { Uri = new Uri($"{options.Uri}?sslmode=require") };

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(secure));

        Assert.Contains("sslmode", fault.Message);
    }

    [Fact]
    public async Task Handshake_BrokenOff_IsAskedAgain()
    {
        var (name, options) = await fixture.CreateAsync();
        await using var proxy = new HandshakeBreaker(options.Uri.Port, "S", "E", "");
        var throughProxy = new Uri($"postgres://test@127.0.0.1:{proxy.Port}/{name}?sslmode=prefer");

        await using var store = await PostgresJoinStore.OpenAsync(options with { Uri = throughProxy }, TimeProvider.System, _log, default)
            .WaitAsync(SafetyNet);

        Assert.Equal(3, proxy.Broken);
        Assert.Contains("not reachable", _log.Entries.First(static entry => entry.Id == 9041).Text);
        Assert.Equal([Verdict.Hold], (await On(store).CommitAsync([True(1, 1)], 0, 0, default)).Verdicts);
    }

    [Theory]
    [InlineData("ALTER ROLE {0} NOLOGIN", "ALTER ROLE {0} LOGIN", "does not let this user in")]
    [InlineData("REVOKE INSERT ON diabetes.pending FROM {0}", "GRANT INSERT ON diabetes.pending TO {0}", "does not allow it")]
    [InlineData("ALTER DATABASE {1} RENAME TO {1}_away", "ALTER DATABASE {1}_away RENAME TO {1}", "has no such database")]
    public async Task Store_ShutOutAfterItWasLetIn_IsAskedAgain(string shutOut, string letIn, string said)
    {
        var (name, options) = await fixture.CreateAsync();
        var role = $"user_{name}";
        await fixture.Server.SqlAsync("postgres", $"CREATE ROLE {role} LOGIN; GRANT CREATE ON DATABASE {name} TO {role}");
        await using var store = await OpenAsync(options with { Uri = new UriBuilder(options.Uri) { UserName = role }.Uri });
        // A right is taken where the tables are; a database is renamed from outside, when nobody is in it.
        var where = shutOut.StartsWith("REVOKE", StringComparison.Ordinal) ? name : "postgres";
        await fixture.Server.SqlAsync("postgres",
            $"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = '{role}'");
        await fixture.Server.SqlAsync(where, string.Format(null, shutOut, role, name));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => On(store).CommitAsync([True(1, 1)], 0, 0, default));
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => On(store).CommitAsync([True(1, 1)], 0, 0, default));
        await fixture.Server.SqlAsync(where, string.Format(null, letIn, role, name));

        Assert.Contains(said, fault.Message);
        Assert.Equal([Verdict.Hold], (await On(store).CommitAsync([True(1, 1)], 0, 0, default)).Verdicts);
    }

    [Theory]
    [InlineData("off", "on")]
    [InlineData("on", "on")]
    [InlineData("local", "local")]
    [InlineData("remote_apply", "remote_apply")]
    public async Task Commit_WhateverTheServersDefault_WaitsForItsDisk(string setting, string seen)
    {
        var (name, options) = await fixture.CreateAsync();
        await fixture.Server.SqlAsync(name, $"ALTER DATABASE {name} SET synchronous_commit = {setting}");
        await using var store = await OpenAsync(options);
        await fixture.Server.SqlAsync(name, """
            CREATE TABLE seen (setting text);
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN INSERT INTO public.seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
            CREATE TRIGGER see AFTER INSERT OR UPDATE ON diabetes.pending EXECUTE FUNCTION see()
            """);

        await On(store).CommitAsync([True(1, 1)], 0, 0, default);
        await store.OrphanAsync(TimeProvider.System.GetUtcNow().AddDays(2), TimeSpan.FromDays(1), 10, default);

        Assert.Equal($"{seen}\n{seen}", await fixture.Server.SqlAsync(name, "SELECT setting FROM seen"));
    }

    [Fact]
    public async Task Stores_InTwoSchemas_DoNotMeet()
    {
        var (_, options) = await fixture.CreateAsync();
        await using var one = await OpenAsync(options);
        await using var other = await OpenAsync(options with { Schema = "other" });

        await On(one).CommitAsync([True(1, 1)], 0, 0, default);

        Assert.Equal([Verdict.Hold], (await On(other).CommitAsync([Pred(1, 1)], 0, 0, default)).Verdicts);
    }

    [Fact]
    public async Task Commit_TablesTakenAway_SaysSo()
    {
        var (name, options) = await fixture.CreateAsync();
        await using var store = await OpenAsync(options);
        await fixture.Server.SqlAsync(name, "DROP TABLE diabetes.pending");

        var fault = await Assert.ThrowsAsync<StoreUnusableException>(() => On(store).CommitAsync([True(1, 1)], 0, 0, default));

        Assert.Contains("diabetes", fault.Message);
    }

    [Fact]
    public async Task Read_LateRowsAndReplacedLedger_ArePassedOverAndNoticed()
    {
        var (name, options) = await fixture.CreateAsync();
        await using var reader = new PostgresLedgerReader(options);
        Assert.Equal(LedgerState.Missing, (await reader.ReadFromAsync(5, 10, default)).State);
        await using var store = await OpenAsync(options);
        await On(store).CommitAsync([True(1, 1), Pred(2, 1)], 0, 0, default);
        await store.OrphanAsync(TimeProvider.System.GetUtcNow().AddDays(2), TimeSpan.FromDays(1), 10, default);
        await On(store).CommitAsync([True(3, 1), Pred(3, 3), Pred(1, 2), True(4, 1), Pred(4, 2)], 0, 0, default);

        var page = await reader.ReadFromAsync(0, 10, default);

        Assert.Equal(["3.5", "4.5"], page.Rows.Select(row => row.Id));
        Assert.Equal(3, page.Next);
        Assert.Equal("1.5|t|2", await fixture.Server.SqlAsync(name, "SELECT id, late, position FROM diabetes.ledger WHERE late"));
        Assert.Equal(LedgerState.Following, (await reader.ReadFromAsync(3, 10, default)).State);
        await fixture.Server.SqlAsync(name, "TRUNCATE diabetes.ledger; UPDATE diabetes.state SET position = 0, late_rows = 0");
        Assert.Equal(LedgerState.Restarted, (await reader.ReadFromAsync(3, 10, default)).State);
    }

    [Fact]
    public async Task Export_OfTheSameHalves_IsTheCsvLedgerByteForByte()
    {
        var (_, options) = await fixture.CreateAsync();
        using var folder = new SqliteFolder();
        PairHalf[] halves = [True("1730027639.447099", 295), Pred("1730027639.447099", 1e-05), True("\"a,\\\"b\"", 1),
            Pred("\"a,\\\"b\"", 1e16), Pred("\"\\u0000\\\\0\"", 2), True("\"\\u0000\\\\0\"", 3), True("\"=x\"", 1), Pred("\"=x\"", -1)];
        await using (var csv = folder.Open())
        {
            await folder.On(csv).CommitAsync(halves, 0, 0, default);
        }

        await using var store = await OpenAsync(options);
        await On(store).CommitAsync(halves, 0, 0, default);
        await using var reader = new PostgresLedgerReader(options);
        using var bytes = new MemoryStream();

        Assert.Equal((4, 0), await LedgerExport.WriteAsync(reader, folder.Options.Ledger, bytes, default));

        Assert.Equal(await File.ReadAllBytesAsync(folder.Ledger), bytes.ToArray());
    }

    private static JoinCommit On(IJoinStore store) => new(store, ExpectedModels.Anyone, TimeProvider.System);

    private Task<PostgresJoinStore> OpenAsync(PostgresOptions options) =>
        PostgresJoinStore.OpenAsync(options, TimeProvider.System, _log, default);
}
