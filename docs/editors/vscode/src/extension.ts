import * as vscode from "vscode";
import { ExecuteCommandRequest, LanguageClient } from "vscode-languageclient/node";

const COMMANDS = ["kanwu.fixAll", "kanwu.fixAllUnsafe"];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  for (const command of COMMANDS) {
    const own = command.replace("kanwu.", "kanwu.apply.");
    context.subscriptions.push(vscode.commands.registerCommand(own, () => run(command)));
  }
  context.subscriptions.push(
    vscode.commands.registerCommand("kanwu.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("kanwu.path")) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("kanwu");
  const command = settings.get<string>("path", "kanwu");
  const languages = ["plaintext", "markdown"];
  client = new LanguageClient(
    "kanwu",
    "kanwu",
    { command, args: ["server"] },
    {
      documentSelector: languages.flatMap((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      initializationOptions: { unsafeFixes: settings.get<boolean>("unsafeFixes", true) },
      synchronize: { configurationSection: "kanwu" },
    },
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `kanwu could not be started as ${command}: ${error}. ` +
        "Install it with pip install 'kanwu[lsp]', or set kanwu.path.",
    );
  }
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

async function run(command: string): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (client?.isRunning() && document) {
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri] });
  }
}
