import { useSyncExternalStore } from 'react';

/** One sound plays at a time, and goes on while its bubble is scrolled out of sight. */
export interface Sound {
  messageId: string | null;
  isPlaying: boolean;
  time: number;
  /** By the file itself, once it is known. */
  duration: number | null;
  rate: number;
  hasFailed: boolean;
}

const rates: readonly number[] = [1, 1.5, 2];
const silence: Sound = {
  messageId: null,
  isPlaying: false,
  time: 0,
  duration: null,
  rate: 1,
  hasFailed: false,
};

let sound = silence;
let element: HTMLAudioElement | undefined;
const listeners = new Set<() => void>();

const publish = (change: Partial<Sound>): void => {
  sound = { ...sound, ...change };
  for (const listener of listeners) listener();
};

const lengthOf = ({ duration }: HTMLAudioElement): number | null =>
  Number.isFinite(duration) && duration > 0 ? duration : null;

const player = (): HTMLAudioElement => {
  if (element) return element;
  const audio = new Audio();
  const follow = () =>
    publish({ isPlaying: !audio.paused, time: audio.currentTime, duration: lengthOf(audio) });
  for (const event of ['play', 'pause', 'timeupdate', 'durationchange', 'seeked']) {
    audio.addEventListener(event, follow);
  }
  audio.addEventListener('ended', () => {
    audio.currentTime = 0;
    publish({ isPlaying: false, time: 0 });
  });
  audio.addEventListener('error', () => publish({ isPlaying: false, hasFailed: true }));
  element = audio;
  return audio;
};

const load = (messageId: string, url: string): HTMLAudioElement => {
  const audio = player();
  if (sound.messageId !== messageId) {
    audio.src = url;
    publish({ ...silence, messageId, rate: sound.rate });
  }
  audio.playbackRate = sound.rate;
  return audio;
};

export function playSound(messageId: string, url: string): void {
  load(messageId, url)
    .play()
    // A browser that cannot play it says so by `error` too; one that was interrupted plays the next.
    .catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotSupportedError') {
        publish({ isPlaying: false, hasFailed: true });
      }
    });
}

export const pauseSound = (): void => element?.pause();

export function seekSound(messageId: string, url: string, seconds: number): void {
  const audio = load(messageId, url);
  publish({ time: seconds });
  audio.currentTime = seconds;
}

/** 1x, 1.5x, 2x, and round again; kept for the next one. */
export function nextRate(): void {
  const at = rates.indexOf(sound.rate);
  const rate = rates[(at + 1) % rates.length] ?? 1;
  if (element) element.playbackRate = rate;
  publish({ rate });
}

/** The thread is left: nothing goes on that cannot be stopped any more. */
export function stopSound(): void {
  element?.pause();
  publish({ ...silence, rate: sound.rate });
}

/** What it plays may not be heard any longer; nothing of it is kept. */
export function stopSoundOf(messageId: string): void {
  if (sound.messageId !== messageId) return;
  stopSound();
  element?.removeAttribute('src');
  element?.load();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const rests = new Map<number, Sound>();
/** The same object for the same rate: whoever is not playing is not drawn anew while another one is. */
const atRest = (rate: number): Sound => {
  const known = rests.get(rate) ?? { ...silence, rate };
  rests.set(rate, known);
  return known;
};

/** The sound as this message's bubble shows it: at rest while another one plays. */
export const useSound = (messageId: string): Sound =>
  useSyncExternalStore(subscribe, () =>
    sound.messageId === messageId ? sound : atRest(sound.rate),
  );
