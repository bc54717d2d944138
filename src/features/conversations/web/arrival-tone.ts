let context: AudioContext | undefined;

/** Browsers let a page sound only after the person has touched it once. */
export function unlockTone(): () => void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume();
    stop();
  };
  const stop = () => {
    window.removeEventListener('pointerdown', unlock);
    window.removeEventListener('keydown', unlock);
  };
  window.addEventListener('pointerdown', unlock);
  window.addEventListener('keydown', unlock);
  return stop;
}

const note = (audio: AudioContext, frequency: number, start: number): void => {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.09, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.28);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.3);
};

let lastPlayed = 0;

/** Two soft notes, a fifth apart; never more than once in two seconds. */
export function playArrivalTone(): void {
  if (context?.state !== 'running' || Date.now() - lastPlayed < 2000) return;
  lastPlayed = Date.now();
  note(context, 587.33, context.currentTime);
  note(context, 880, context.currentTime + 0.11);
}
