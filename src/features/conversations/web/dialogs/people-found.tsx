import { useTranslation } from 'react-i18next';
import type { Contact } from '#features/contacts/contract.ts';
import { useContactSearch } from '#features/contacts/web/index.ts';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { useSettled } from '#platform/web/use-settled.ts';

const most = 5;

interface PeopleFoundProps {
  /** What is typed as a name. */
  name: string;
  onChoose: (phone: string) => void;
}

/** People known by that name, also those who never wrote (address book of the phone); choosing one gives the number. */
export function PeopleFound({ name, onChoose }: PeopleFoundProps) {
  const { t } = useTranslation('conversations');
  const search = useSettled(name.trim());
  const isWanted = search.length >= 2;
  const { data } = useContactSearch(search, isWanted);
  const found = isWanted ? (data?.items ?? []) : [];
  const people = found.filter(({ phone }) => phone !== null).slice(0, most);
  if (people.length === 0) return null;
  return (
    <ul aria-label={t('start.known')} className="-mt-2 flex flex-col">
      {people.map((person) => (
        <li key={person.id}>
          <PersonFound person={person} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function PersonFound({
  person: { name, phone, isBlocked },
  onChoose,
}: Pick<PeopleFoundProps, 'onChoose'> & { person: Contact }) {
  if (phone === null) return null;
  const shown = formatPhone(phone);
  return (
    <button
      type="button"
      className="flex w-full items-center gap-3 rounded-control px-2 py-1.5 text-left hover:bg-hover"
      onClick={() => onChoose(shown)}
    >
      <Avatar name={name} size="sm" isDimmed={isBlocked} />
      <span className="min-w-0 flex-1 truncate">{personTitle(name, phone)}</span>
      {name !== phone && (
        <span className="shrink-0 text-preview text-ink-soft tabular-nums">{shown}</span>
      )}
    </button>
  );
}
