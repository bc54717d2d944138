import { Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { playText } from './formats.ts';

interface PlayerProps {
  src: string;
  label: string;
  /** Hears of the first time it is played. */
  onFirstPlay: () => void;
}

/** A voice note: play, where it stands, how long it is. */
export function AudioPlayer({ src, label, onFirstPlay }: PlayerProps) {
  const wasPlayed = useRef(false);
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const Icon = isPlaying ? Pause : Play;
  const toggle = () => {
    if (isPlaying) audio.current?.pause();
    else void audio.current?.play().catch(() => setPlaying(false));
  };
  const onPlay = () => {
    setPlaying(true);
    if (!wasPlayed.current) onFirstPlay();
    wasPlayed.current = true;
  };
  const seek = (to: number) => {
    if (audio.current !== null) audio.current.currentTime = to;
    setAt(to);
  };
  return (
    <div className="player">
      {/* biome-ignore lint/a11y/useMediaCaption: a recording made here has no captions */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onPlay={onPlay}
        onPause={() => setPlaying(false)}
        onEnded={() => seek(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
      />
      <button
        type="button"
        className="player-button"
        aria-label={isPlaying ? `Pausar: ${label}` : `Ouvir: ${label}`}
        onClick={toggle}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <input
        type="range"
        min={0}
        max={Number.isFinite(length) && length > 0 ? length : 1}
        step={0.1}
        value={at}
        aria-label={`Posição: ${label}`}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="player-time">{playText(isPlaying || at > 0 ? at : length)}</span>
    </div>
  );
}
