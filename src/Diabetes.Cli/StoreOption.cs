namespace Diabetes.Cli;

/// <summary>Where store and ledger are.</summary>
internal sealed class StoreOption() : SettingsOption("--logs", "Folder of the store and the ledger. [default: logs.path of the nodes' configuration]", "DIR");
