/** What is chosen by a name goes along with the calendar: a page that is kept shows the last days of whenever it is opened. */
export const presets = ['7d', '30d', '90d', 'mes', 'mes-passado', '12m'] as const;
export type Preset = (typeof presets)[number];

/** What is in the address of `/relatorios/protecao`, so that it can be shared: absent is what the page opens with. */
export interface ProtectionSearch {
  periodo?: Preset;
  /** Both or neither; they win over a name. */
  de?: string;
  ate?: string;
  canal?: string;
}

export interface Range {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;
const longestDays = 1_097;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^2\d{3}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  dateOf(Date.parse(value)) === value;

/** Whether the server would take it. */
export const isRange = (from: unknown, to: unknown): boolean =>
  isDate(from) &&
  isDate(to) &&
  from <= to &&
  (Date.parse(to) - Date.parse(from)) / dayMs < longestDays;

/** Of an address, whatever was typed into it. */
export const readProtectionSearch = (raw: Record<string, unknown>): ProtectionSearch => {
  const { periodo, de, ate, canal } = raw;
  const preset = presets.find((known) => known === periodo);
  return {
    ...(isRange(de, ate)
      ? { de: String(de), ate: String(ate) }
      : preset !== undefined && { periodo: preset }),
    ...(typeof canal === 'string' && uuid.test(canal) && { canal }),
  };
};

/** @param today by the clock of the workspace */
const presetRange = (preset: Preset, today: string): Range => {
  const ago = (days: number): Range => ({
    from: dateOf(Date.parse(today) - (days - 1) * dayMs),
    to: today,
  });
  const [year = 0, month = 1] = today.split('-').map(Number);
  const first = (monthsAgo: number) => dateOf(Date.UTC(year, month - 1 - monthsAgo, 1));
  switch (preset) {
    case '7d':
      return ago(7);
    case '30d':
      return ago(30);
    case '90d':
      return ago(90);
    case 'mes':
      return { from: first(0), to: today };
    case 'mes-passado':
      return { from: first(1), to: dateOf(Date.parse(first(0)) - dayMs) };
    case '12m':
      return { from: first(11), to: today };
  }
};

export const presetOf = ({ periodo, de }: ProtectionSearch): Preset | null =>
  de === undefined ? (periodo ?? '30d') : null;

export const rangeOf = (search: ProtectionSearch, today: string): Range => {
  const { de, ate } = search;
  if (de !== undefined && ate !== undefined) return { from: de, to: ate };
  return presetRange(presetOf(search) ?? '30d', today);
};
