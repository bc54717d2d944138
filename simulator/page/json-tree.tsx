interface JsonTreeProps {
  value: unknown;
  name?: string;
}

/** Parts that are always the same: folded until somebody wants them. */
const FOLDED = new Set(['metadata', 'contacts', 'pricing', 'paging']);

function Leaf({ value }: { value: unknown }) {
  const kind = value === null ? 'null' : typeof value;
  return <span className={`json-${kind}`}>{JSON.stringify(value) ?? String(value)}</span>;
}

/** JSON one can fold, key by key. */
export function JsonTree({ value, name }: JsonTreeProps) {
  const label = name === undefined ? null : <span className="json-key">{name}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <div className="json-line">
        {label}
        <Leaf value={value} />
      </div>
    );
  }
  const entries = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    return (
      <div className="json-line">
        {label}
        <span className="json-null">{`${open}${close}`}</span>
      </div>
    );
  }
  return (
    <details className="json-branch" open={!FOLDED.has(name ?? '')}>
      <summary>
        {label}
        <span className="json-null">
          {open}
          <span className="json-folded">{` ${entries.length} `}</span>
          <span className="json-folded">{close}</span>
        </span>
      </summary>
      {entries.map(([key, child]) =>
        Array.isArray(value) ? (
          <JsonTree key={key} value={child} />
        ) : (
          <JsonTree key={key} name={key} value={child} />
        ),
      )}
    </details>
  );
}
