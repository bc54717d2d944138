import type { PlayedTalk, PlayedTurn } from './play-talk.ts';

/** The labelled turns of the whole script. */
export type Labels = ReadonlyMap<string, PlayedTurn>;

export const labelsOf = (played: readonly PlayedTalk[]): Labels =>
  new Map(
    played
      .flatMap((talk) => talk.turns)
      .flatMap((line): [string, PlayedTurn][] =>
        'label' in line.turn && line.turn.label !== undefined ? [[line.turn.label, line]] : [],
      ),
  );

/** The channel's id of a labelled turn. */
export const quotedId = (labels: Labels, label: string | undefined): string | null => {
  const quoted = label === undefined ? undefined : labels.get(label);
  return quoted === undefined || quoted.kind === 'done' ? null : quoted.externalId;
};
