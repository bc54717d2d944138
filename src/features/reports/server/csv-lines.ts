import type { IncidentKind, Incidents, ProtectionReport } from '../contract.ts';

export const columns = ['measure', 'reason', 'channel', 'from', 'to', 'value', 'unit'] as const;

interface Line {
  readonly measure: string;
  readonly reason?: string;
  readonly channel?: string;
  readonly from: string;
  readonly to: string;
  /** Null: too few to be told. */
  readonly value: number | null;
  readonly unit?: 'ms';
}

const cellsOf = ({ measure, reason, channel, from, to, value, unit }: Line): string[] => [
  measure,
  reason ?? '',
  channel ?? '',
  from,
  to,
  value === null ? '' : String(value),
  unit ?? '',
];

const measures: Readonly<Record<IncidentKind, string>> = {
  removalRequests: 'removal-requests',
  blockRequests: 'block-requests',
  blocks: 'blocks',
};

const incidentLines = (
  { buckets }: ProtectionReport,
  kind: IncidentKind,
  { counts, byReason, byChannel }: Incidents,
): Line[] => {
  const measure = measures[kind];
  const spread = (values: readonly number[], more: Pick<Line, 'measure' | 'reason' | 'channel'>) =>
    buckets.map((bucket, place): Line => ({ ...bucket, value: values[place] ?? 0, ...more }));
  return [
    ...spread(counts, { measure }),
    ...byReason.flatMap((line) =>
      spread(line.counts, { measure: `${measure}-by-reason`, reason: line.reason }),
    ),
    ...byChannel.flatMap((line) =>
      spread(line.counts, {
        measure: `${measure}-by-channel`,
        channel: line.channel?.name ?? '—',
      }),
    ),
  ];
};

const timeLines = ({ times, from, to }: ProtectionReport): Line[] => {
  const { toCover, toDecision, toBlock } = times;
  const whole = { from, to };
  const counted = (measure: string, value: number): Line => ({ measure, ...whole, value });
  const took = (measure: string, value: number | null): Line => ({
    measure,
    ...whole,
    value: value === null ? null : Math.round(value),
    unit: 'ms',
  });
  return [
    counted('covers-measured', toCover.count),
    counted('covers-unmeasured', toCover.unmeasured),
    took('time-to-cover-median', toCover.medianMs),
    took('time-to-cover-p90', toCover.p90Ms),
    took('time-to-cover-longest', toCover.longestMs),
    counted('removal-requests-decided', toDecision.count),
    counted('removal-requests-waiting', toDecision.waiting),
    counted('removal-requests-overdue', toDecision.overdue),
    took('time-to-decision-median', toDecision.medianMs),
    took('time-to-decision-p90', toDecision.p90Ms),
    counted('block-requests-approved', toBlock.count),
    counted('block-requests-refused', toBlock.refused),
    counted('block-requests-waiting', toBlock.waiting),
    counted('block-requests-overdue', toBlock.overdue),
    took('time-to-block-median', toBlock.medianMs),
    took('time-to-block-p90', toBlock.p90Ms),
  ];
};

const careLines = ({ exposures, blocks, from, to }: ProtectionReport): Line[] => {
  const whole = { from, to };
  return [
    { measure: 'exposures-answering', ...whole, value: exposures.answering },
    { measure: 'exposures-reviewing', ...whole, value: exposures.reviewing },
    ...exposures.byChannel.map(({ channel, count }) => ({
      measure: 'exposures-by-channel',
      channel: channel?.name ?? '*',
      ...whole,
      value: count,
    })),
    { measure: 'blocks-made', ...whole, value: blocks.made },
    { measure: 'blocks-lifted', ...whole, value: blocks.lifted },
    { measure: 'blocks-ended-by-clock', ...whole, value: blocks.endedByClock },
    { measure: 'attempts-at-least', ...whole, value: blocks.attempts.atLeast },
    { measure: 'attempts-at-most', ...whole, value: blocks.attempts.atMost },
  ];
};

/** The report as lines of a file: the same figures and no others. */
export async function* csvLines(report: ProtectionReport): AsyncIterable<string[]> {
  const { removalRequests, blockRequests, blocks } = report.incidents;
  const lines = [
    ...incidentLines(report, 'removalRequests', removalRequests),
    ...incidentLines(report, 'blockRequests', blockRequests),
    ...incidentLines(report, 'blocks', blocks),
    ...timeLines(report),
    ...careLines(report),
  ];
  for (const line of lines) {
    yield cellsOf(line);
  }
}
