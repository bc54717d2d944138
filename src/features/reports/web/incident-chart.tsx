import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartLine } from './chart-lines.ts';

export interface ChartPiece {
  readonly tick: string;
  readonly piece: string;
}

interface Row extends ChartPiece {
  readonly counts: readonly number[];
}

/** Columns in parts, for the eye alone: the tables beside it say the same to everybody. */
export function IncidentChart({
  pieces,
  lines,
}: {
  pieces: readonly ChartPiece[];
  lines: readonly ChartLine[];
}) {
  const rows = pieces.map(
    (piece, place): Row => ({ ...piece, counts: lines.map(({ counts }) => counts[place] ?? 0) }),
  );
  const highest = Math.max(0, ...rows.map(({ counts }) => counts.reduce((sum, n) => sum + n, 0)));
  return (
    <ResponsiveContainer width="100%" height={216}>
      <BarChart
        data={rows}
        accessibilityLayer={false}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--hairline)" />
        <XAxis
          dataKey="tick"
          tickLine={false}
          axisLine={{ stroke: 'var(--control-line)' }}
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          minTickGap={12}
        />
        <YAxis
          width={32}
          allowDecimals={false}
          // No line for what nobody can be: a half, or twice the most.
          tickCount={Math.min(highest, 4) + 1}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active, payload }) => (
            <Tip row={active ? payload[0]?.payload : undefined} lines={lines} />
          )}
        />
        {lines.map(({ key, colour }, place) => (
          <Bar
            key={key}
            stackId="all"
            dataKey={({ counts }: Row) => counts[place] ?? 0}
            fill={colour}
            // A gap of the card between the parts, for whoever does not tell the colours apart.
            stroke="var(--raised)"
            strokeWidth={1}
            maxBarSize={36}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** What one column is made of. */
function Tip({ row, lines }: { row: Row | undefined; lines: readonly ChartLine[] }) {
  if (!row) return null;
  return (
    <div className="rounded-control bg-tip px-2.5 py-2 text-meta text-on-tip">
      <p className="font-medium">{row.piece}</p>
      {lines.map(({ key, label, colour }, place) =>
        row.counts[place] ? (
          <p key={key} className="mt-1 flex items-center gap-2">
            <span
              className="size-2.5 rounded-[3px] ring-1 ring-on-tip/40"
              style={{ backgroundColor: colour }}
            />
            {label}
            <span className="ml-auto pl-3 font-medium tabular-nums">{row.counts[place]}</span>
          </p>
        ) : null,
      )}
    </div>
  );
}
