import { useEffect, useRef, useState } from 'react';

/** What browsers record; the simulator turns WebM into the Ogg of a voice note. */
const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export interface Recorder {
  /** Seconds so far; null while nothing is recorded. */
  seconds: number | null;
  problem: string;
  start: () => void;
  /** Ends the recording and hands it over, or throws it away. */
  stop: (isWanted: boolean) => void;
}

interface Running {
  recorder: MediaRecorder;
  stream: MediaStream;
  parts: Blob[];
  isWanted: boolean;
}

async function open(): Promise<Running> {
  const audio = { channelCount: 1, echoCancellation: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? '';
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24_000 });
  const running: Running = { recorder, stream, parts: [], isWanted: false };
  recorder.addEventListener('dataavailable', ({ data }) => running.parts.push(data));
  return running;
}

function shut({ recorder, stream }: Running): void {
  if (recorder.state !== 'inactive') recorder.stop();
  for (const track of stream.getTracks()) track.stop();
}

/** Records the microphone. */
export function useRecorder(onRecording: (recording: Blob) => void): Recorder {
  const running = useRef<Running | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    if (seconds === null) return;
    const timer = setTimeout(() => setSeconds(seconds + 1), 1_000);
    return () => clearTimeout(timer);
  }, [seconds]);

  useEffect(
    () => () => {
      if (running.current !== null) shut(running.current);
    },
    [],
  );

  const begin = async () => {
    try {
      const fresh = await open();
      running.current = fresh;
      fresh.recorder.addEventListener('stop', () => {
        if (fresh.isWanted) onRecording(new Blob(fresh.parts, { type: fresh.recorder.mimeType }));
      });
      fresh.recorder.start();
      setProblem('');
      setSeconds(0);
    } catch {
      setProblem('Não foi possível usar o microfone. Há uma mensagem de voz pronta em +.');
    }
  };

  return {
    seconds,
    problem,
    start: () => void begin(),
    stop: (isWanted) => {
      const current = running.current;
      running.current = null;
      setSeconds(null);
      if (current === null) return;
      current.isWanted = isWanted;
      shut(current);
    },
  };
}
