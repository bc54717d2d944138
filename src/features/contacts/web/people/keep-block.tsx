import { Segmented } from '#platform/web/ui/choices.tsx';

/** Whether a block goes on: it does, unless somebody says otherwise. */
export function KeepBlock({
  legend,
  keep,
  lift,
  hint,
  value,
  onChange,
}: {
  legend: string;
  keep: string;
  lift: string;
  hint: string | null;
  value: boolean;
  onChange: (keep: boolean) => void;
}) {
  return (
    <div>
      <Segmented
        legend={legend}
        value={value ? 'keep' : 'lift'}
        onChange={(chosen) => onChange(chosen === 'keep')}
        options={[
          { value: 'keep', label: keep },
          { value: 'lift', label: lift },
        ]}
      />
      <p role="status" className="mt-1.5 min-h-4 text-meta text-ink-faint">
        {hint}
      </p>
    </div>
  );
}
