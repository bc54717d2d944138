import { CircleAlert, SendHorizontal, Trash2, X } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { clockText } from '../../thread/media/file-words.ts';
import { addKnownFile } from './add-files.ts';
import {
  MicrophoneError,
  type MicrophoneTrouble,
  type Recording,
  startRecording,
} from './record-voice.ts';

const everyMs = 100;
const barCount = 40;
const shortestSeconds = 0.5;

interface VoiceRecorderProps {
  conversationId: string;
  /** The recording is in the tray, under this key, and is to go. */
  onRecorded: (key: string) => void;
  onClose: () => void;
}

interface Running {
  recording: Recording;
  startedAt: number;
}

const secondsOf = ({ startedAt }: Running): number => (performance.now() - startedAt) / 1000;

/** Records from the moment it appears. What is interrupted (another conversation, a block) waits in the tray. */
function useRecording(conversationId: string) {
  const [trouble, setTrouble] = useState<MicrophoneTrouble | null>(null);
  const [isRunning, setRunning] = useState(false);
  const running = useRef<Running | null>(null);
  const toTray = useCallback(async () => {
    const now = running.current;
    running.current = null;
    if (!now) return null;
    const durationSeconds = secondsOf(now);
    if (durationSeconds < shortestSeconds) {
      now.recording.discard();
      return null;
    }
    const { file, kind } = await now.recording.finish();
    return addKnownFile(conversationId, file, kind, { durationSeconds });
  }, [conversationId]);
  const discard = () => {
    running.current?.recording.discard();
    running.current = null;
  };
  useEffect(() => {
    let isHere = true;
    startRecording().then(
      (recording) => {
        if (!isHere) {
          recording.discard();
          return;
        }
        running.current = { recording, startedAt: performance.now() };
        setRunning(true);
      },
      (error: unknown) => {
        if (isHere) setTrouble(error instanceof MicrophoneError ? error.trouble : 'busy');
      },
    );
    return () => {
      isHere = false;
      void toTray();
    };
  }, [toTray]);
  return { trouble, isRunning, running, toTray, discard };
}

/** In the place of the field while somebody speaks. */
export function VoiceRecorder({ conversationId, onRecorded, onClose }: VoiceRecorderProps) {
  const { t } = useTranslation('media');
  const { trouble, isRunning, running, toTray, discard } = useRecording(conversationId);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const cancel = () => {
    discard();
    onClose();
  };
  const send = async () => {
    const key = await toTray();
    if (key) onRecorded(key);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      cancel();
    }
    if (event.key === 'Enter' && event.target === box.current && isRunning) {
      event.preventDefault();
      void send();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc and Enter, as in the field whose place it takes
    <div
      ref={box}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex min-h-12 items-center gap-2 p-1.5 outline-none"
    >
      {trouble ? (
        <>
          <CircleAlert aria-hidden="true" className="ml-1.5 text-amber" />
          <p role="alert" className="min-w-0 flex-1 py-1 text-preview">
            {t(`voice.${trouble}`)}
          </p>
          <IconButton label={t('voice.close')} icon={<X />} tooltipSide="top" onClick={onClose} />
        </>
      ) : (
        <>
          <IconButton
            label={t('voice.discard')}
            shortcut="Esc"
            icon={<Trash2 />}
            tooltipSide="top"
            onClick={cancel}
          />
          {isRunning ? (
            <Meter running={running} />
          ) : (
            <p role="status" className="flex-1 text-preview text-ink-soft">
              {t('voice.starting')}
            </p>
          )}
          <IconButton
            label={t('voice.send')}
            shortcut="Enter"
            icon={<SendHorizontal />}
            tooltipSide="top"
            disabled={!isRunning}
            onClick={() => void send()}
            className="bg-accent text-on-accent hover:bg-accent-hover hover:text-on-accent"
          />
        </>
      )}
    </div>
  );
}

/** How long, and how loud: the last seconds as bars, so that one sees whether one is heard. */
function Meter({ running }: { running: { readonly current: Running | null } }) {
  const { t } = useTranslation('media');
  const [levels, setLevels] = useState<readonly number[]>([]);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = running.current;
      if (!now) return;
      setSeconds(secondsOf(now));
      setLevels((before) => [...before.slice(1 - barCount), now.recording.level()]);
    }, everyMs);
    return () => clearInterval(timer);
  }, [running]);
  const padded = [...Array<number>(barCount - levels.length).fill(0), ...levels];
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3">
      <span className="flex items-center gap-2 text-body tabular-nums">
        <span aria-hidden="true" className="size-2 rounded-full bg-amber" />
        <span className="sr-only">{t('voice.recording')}</span>
        <span role="timer">{clockText(seconds)}</span>
      </span>
      <span
        aria-hidden="true"
        className="flex h-8 min-w-0 flex-1 items-center justify-end gap-[3px] overflow-hidden"
      >
        {padded.map((level, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row, not a thing
            key={index}
            className="w-[3px] shrink-0 rounded-full bg-accent"
            style={{ height: `${Math.max(3, level * 28)}px`, opacity: level > 0.02 ? 1 : 0.35 }}
          />
        ))}
      </span>
    </div>
  );
}
