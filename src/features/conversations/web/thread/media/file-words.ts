import { useTranslation } from 'react-i18next';

const KB = 1024;
const MB = KB * KB;

/** "240 kB", "1,4 MB": as the language writes numbers. */
export const sizeText = (bytes: number, language: string): string => {
  const isLarge = bytes >= MB;
  const value = isLarge ? bytes / MB : Math.max(1, Math.round(bytes / KB));
  const number = new Intl.NumberFormat(language, {
    maximumFractionDigits: isLarge && value < 100 ? 1 : 0,
  });
  return `${number.format(value)} ${isLarge ? 'MB' : 'kB'}`;
};

export function useSizeText(): (bytes: number) => string {
  const { i18n } = useTranslation('media');
  return (bytes) => sizeText(bytes, i18n.language);
}

/** "0:07", "12:40", "1:02:03". */
export const clockText = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
};

/** What a file is, in the letters people know it by: the end of its name, else of its type. */
export const typeLetters = (fileName: string | null, mimeType: string | null): string | null => {
  const end = /\.([a-z0-9]{1,5})$/i.exec(fileName ?? '')?.[1];
  const fromType = /^[a-z]+\/([a-z0-9]{1,5})$/i.exec(mimeType ?? '')?.[1];
  const letters = end ?? fromType;
  return letters ? letters.toUpperCase() : null;
};
