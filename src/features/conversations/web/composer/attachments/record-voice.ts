export type MicrophoneTrouble = 'refused' | 'missing' | 'busy' | 'unsupported' | 'insecure';

export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly trouble: MicrophoneTrouble;

  constructor(trouble: MicrophoneTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** A recording under way. */
export interface Recording {
  /** From 0 to 1, of this moment. */
  level: () => number;
  /** @returns what was recorded; `voice` where the browser makes what becomes a voice note, else a plain audio */
  finish: () => Promise<{ file: File; kind: 'voice' | 'audio' }>;
  discard: () => void;
}

const formats = [
  { mimeType: 'audio/webm;codecs=opus', type: 'audio/webm', kind: 'voice', end: 'webm' },
  { mimeType: 'audio/mp4', type: 'audio/mp4', kind: 'audio', end: 'm4a' },
] as const;

const troubleOf = (error: unknown): MicrophoneTrouble => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'refused';
};

const openMicrophone = async (): Promise<MediaStream> => {
  // Browsers hide the microphone from pages without TLS.
  if (!navigator.mediaDevices) throw new MicrophoneError('insecure');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
    });
  } catch (error) {
    throw new MicrophoneError(troubleOf(error));
  }
};

/** One channel, whatever the microphone has: WhatsApp takes no other voice notes. Its level is measured on the way. */
const listen = (microphone: MediaStream) => {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(microphone);
  const analyser = context.createAnalyser();
  const mono = context.createMediaStreamDestination();
  mono.channelCount = 1;
  mono.channelCountMode = 'explicit';
  analyser.fftSize = 512;
  source.connect(analyser);
  source.connect(mono);
  const samples = new Float32Array(analyser.fftSize);
  const level = (): number => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.sqrt(power) * 4);
  };
  return { stream: mono.stream, level, close: () => void context.close() };
};

/** @throws MicrophoneError */
export async function startRecording(): Promise<Recording> {
  const format =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : formats.find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType));
  if (!format) throw new MicrophoneError('unsupported');
  const microphone = await openMicrophone();
  const heard = listen(microphone);
  const recorder = new MediaRecorder(heard.stream, {
    mimeType: format.mimeType,
    audioBitsPerSecond: 32_000,
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  const close = () => {
    for (const track of microphone.getTracks()) track.stop();
    heard.close();
  };
  return {
    level: heard.level,
    finish: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          close();
          const file = new File(parts, `audio.${format.end}`, { type: format.type });
          resolve({ file, kind: format.kind });
        };
        recorder.stop();
      }),
    discard: () => {
      recorder.onstop = null;
      recorder.stop();
      close();
    },
  };
}
