const clock = new Intl.DateTimeFormat('pt-BR', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('pt-BR', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const timeOf = (at: number) => clock.format(at);
export const secondsOf = (at: number) => clockWithSeconds.format(at);

/** A number as people in Brazil read it; others with a plus. */
export function phoneText(digits: string): string {
  if (digits === '') return 'sem número';
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  return brazil === null ? `+${digits}` : `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
}

/** Up to two initials for the avatar. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => word?.charAt(0) ?? '').join('') || '·';
}

/** One of six quiet tints, always the same for the same person. */
export function tintOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9_973;
  return sum % 6;
}

/** Milliseconds in few characters. */
export function tookText(ms: number | null): string {
  if (ms === null) return '';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1).replace('.', ',')} s`;
}

/** Bytes as people read them. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) return '';
  if (bytes < 1_024) return `${bytes} B`;
  const [amount, unit] = bytes < 1_048_576 ? [bytes / 1_024, 'kB'] : [bytes / 1_048_576, 'MB'];
  return `${amount.toFixed(amount < 10 ? 1 : 0).replace('.', ',')} ${unit}`;
}

/** Seconds as a player shows them. */
export function playText(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.floor(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const WORDS_OF_KINDS: Record<string, string> = {
  image: 'Foto',
  video: 'Vídeo',
  audio: 'Áudio',
  document: 'Documento',
  sticker: 'Figurinha',
  location: 'Localização',
  contacts: 'Contato',
};

/** A message in one line. */
export function lineOf({ text, kind }: { text: string; kind: string }): string {
  return text === '' ? (WORDS_OF_KINDS[kind] ?? kind) : text;
}
