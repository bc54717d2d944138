import type { SpooledFile } from '#platform/server/files/index.ts';
import { isOldText, typeOfFile, unknownType } from './file-type.ts';
import { readPicture } from './picture.ts';
import { readRecording } from './recording.ts';

/** What a file tells of itself. Nothing of it is taken from a name or from what somebody said. */
export interface FileFacts {
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationSeconds: number | null;
  readonly isAnimated: boolean;
  /** Of a recording in Ogg that is Opus, else null. */
  readonly channels: number | null;
  /** Sound alone in a box that is made for films as well. */
  readonly isSoundOnly: boolean;
  /** Of no known type, and nothing but letters in an alphabet that older programs write: text, if it is called so. */
  readonly isOldText: boolean;
  /** Only of what could be decoded: a picture without one is not shown, it is a file to be saved. */
  readonly thumbnail: Buffer | null;
  /** What a picture looks like; null for anything else, and for one with too little detail. */
  readonly print: Buffer | null;
}

/** Never throws for what is in the file. */
export const inspectFile = async (file: SpooledFile): Promise<FileFacts> => {
  const mimeType = await typeOfFile(file.path);
  const picture = await readPicture(file.path, mimeType);
  if (picture !== undefined) {
    const none = { durationSeconds: null, channels: null, isSoundOnly: false, isOldText: false };
    return { mimeType, ...none, ...picture };
  }
  const recording = await readRecording(file.path, file.sizeBytes, mimeType);
  const oldText = mimeType === unknownType && (await isOldText(file.path));
  const seen = { isAnimated: false, thumbnail: null, print: null };
  return { mimeType, isOldText: oldText, ...seen, ...recording };
};
