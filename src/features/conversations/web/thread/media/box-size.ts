import type { Message } from '../../../contract.ts';
import { fileOf, isVisualKind, type MediaMessage } from './media-kinds.ts';

export interface Box {
  width: number;
  height: number;
}

const most: Box = { width: 320, height: 360 };
/** So that a cover, or what went wrong, can be read in it. */
const least: Box = { width: 200, height: 140 };
const guesses = {
  image: { width: 280, height: 210 },
  video: { width: 320, height: 180 },
  sticker: { width: 160, height: 160 },
} as const;

const within = (value: number, low: number, high: number): number =>
  Math.round(Math.min(Math.max(value, low), high));

/** The box of a picture of this size: its own shape, within what a bubble has room for. */
export const fitBox = (width: number, height: number): Box => {
  const scale = Math.min(most.width / width, most.height / height, 1);
  return {
    width: within(width * scale, least.width, most.width),
    height: within(height * scale, least.height, most.height),
  };
};

/** Boxes that were drawn before anybody knew the size: they stay, so that nothing jumps when the file comes. */
const guessed = new Set<string>();

/** @param key of the bubble, which is the same before and after the server has told of the message */
export const boxOf = ({ type, media }: MediaMessage, key: string): Box | null => {
  if (!isVisualKind(type)) return null;
  if (type === 'sticker') return guesses.sticker;
  const { width, height } = media;
  if (!width || !height) guessed.add(key);
  return !width || !height || guessed.has(key) ? guesses[type] : fitBox(width, height);
};

/** How much higher a bubble is by its file, for a thread that has not drawn it yet. */
export const mediaHeight = (message: Message, key: string): number => {
  const file = fileOf(message);
  if (!file) return 0;
  return boxOf(file, key)?.height ?? 24;
};
