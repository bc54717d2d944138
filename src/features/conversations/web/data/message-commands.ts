/** What the keys and the command bar do with messages of the open conversation. */
export interface MessageCommands {
  /** Begins to choose messages. */
  readonly select: () => void;
  /** Asks for the removal of what is chosen, or of the message that has the focus. */
  readonly askAway: () => void;
}

let current: MessageCommands | null = null;

export const setMessageCommands = (commands: MessageCommands | null): void => {
  current = commands;
};

export const runMessageCommand = (name: keyof MessageCommands): void => current?.[name]();
