import { useFormat } from '#platform/web/format.tsx';

/** More names than these nobody reads; a count tells of the others. */
const mostNamed = 200;

/**
 * Who is meant, by name: ticks stay while the list below is searched for others, so that a count alone would be of people whom
 * nobody sees.
 */
export function PeopleMeant({
  label,
  names,
}: {
  label: string;
  names: ReadonlyMap<string, string>;
}) {
  const format = useFormat();
  const shown = [...names].slice(0, mostNamed);
  const chip = 'max-w-full truncate rounded-control bg-sunken px-2 py-0.5';
  return (
    <ul
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: many names scroll in it, by keyboard too
      tabIndex={0}
      className="flex max-h-[6.5rem] flex-wrap gap-1.5 overflow-y-auto py-1 text-preview -outline-offset-2"
    >
      {shown.map(([contactId, name]) => (
        <li key={contactId} className={chip}>
          {name}
        </li>
      ))}
      {names.size > shown.length && (
        <li className={chip}>+{format.number(names.size - shown.length)}</li>
      )}
    </ul>
  );
}
