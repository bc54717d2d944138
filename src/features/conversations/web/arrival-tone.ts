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

const quietFor = 2000;
let lastPlayed = 0;

/** One tab of the browser at a time, and each no more often than the pause. Where there are no locks (plain http) each is for itself. */
const claimTurn = (): Promise<boolean> => {
  if (Date.now() - lastPlayed < quietFor) return Promise.resolve(false);
  lastPlayed = Date.now();
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void locks.request('guarita.tone', { ifAvailable: true }, async (lock) => {
      resolve(lock !== null);
      if (lock) await new Promise((done) => setTimeout(done, quietFor));
    });
  });
};

/** Two soft notes, a fifth apart; never more than once in two seconds, however many tabs are open. */
export async function playArrivalTone(): Promise<void> {
  if (context?.state !== 'running' || !(await claimTurn())) return;
  note(context, 587.33, context.currentTime);
  note(context, 880, context.currentTime + 0.11);
}
