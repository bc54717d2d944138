import { Mic, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import { bubbleKey } from '../../data/bubble-keys.ts';
import { localUrl } from '../../data/local-files.ts';
import { DocumentRow } from './document-row.tsx';
import { clockText } from './file-words.ts';
import { type MediaMessage, mediaUrl } from './media-kinds.ts';
import { nextRate, pauseSound, playSound, seekSound, useSound } from './sound-player.ts';

const canPlay = (mimeType: string | null): boolean =>
  !mimeType || document.createElement('audio').canPlayType(mimeType) !== '';

/** An audio or a voice note with its own small player; what this browser cannot play is only saved. */
export function SoundRow({ message, meta }: { message: MediaMessage; meta: ReactNode }) {
  const { t } = useTranslation('media');
  const sound = useSound(message.id);
  const { durationSeconds, mimeType } = message.media;
  if (sound.hasFailed || !canPlay(mimeType)) {
    return <DocumentRow message={message} meta={meta} hint={t('sound.unplayable')} />;
  }
  const url = localUrl(bubbleKey(message.id)) ?? mediaUrl(message.id);
  const length = sound.duration ?? durationSeconds ?? 0;
  const toggle = () => (sound.isPlaying ? pauseSound() : playSound(message.id, url));
  return (
    <span className="block w-[272px] max-w-full" data-media={message.type} data-state="ready">
      <span className="flex items-center gap-2.5">
        <button
          type="button"
          aria-label={t(sound.isPlaying ? 'sound.pause' : 'sound.play')}
          onClick={toggle}
          className="grid size-10 shrink-0 place-items-center rounded-full bg-sunken text-accent-ink hover:bg-hover active:bg-pressed [&_svg]:fill-current"
        >
          {sound.isPlaying ? <Pause /> : <Play className="ml-0.5" />}
        </button>
        <Position
          value={sound.time}
          length={length}
          onSeek={(seconds) => seekSound(message.id, url, seconds)}
        />
        <button
          type="button"
          aria-label={t('sound.speed', { rate: sound.rate })}
          title={t('sound.speed', { rate: sound.rate })}
          onClick={nextRate}
          className="h-6 w-10 shrink-0 rounded-full bg-sunken text-meta font-medium text-ink-soft tabular-nums hover:bg-hover hover:text-ink"
        >
          {sound.rate}×
        </button>
      </span>
      <span className="flow-root pl-[50px]">
        <span className="inline-flex h-5 items-center gap-1 text-meta text-ink-faint tabular-nums">
          {message.type === 'voice' && <Mic aria-hidden="true" className="size-3.5" />}
          {clockText(sound.time > 0 ? sound.time : length)}
        </span>
        {meta}
      </span>
    </span>
  );
}

function Position({
  value,
  length,
  onSeek,
}: {
  value: number;
  length: number;
  onSeek: (seconds: number) => void;
}) {
  const { t } = useTranslation('media');
  const at = Math.min(value, length);
  return (
    <input
      type="range"
      min={0}
      max={length || 1}
      step={0.1}
      value={at}
      disabled={length === 0}
      aria-label={t('sound.position')}
      aria-valuetext={t('sound.position-of', { at: clockText(at), of: clockText(length) })}
      onChange={(event) => onSeek(Number(event.target.value))}
      className={cx('h-5 min-w-0 flex-1 cursor-pointer accent-accent disabled:opacity-50')}
    />
  );
}
