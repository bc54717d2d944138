import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '#features/contacts/contract.ts';
import { PeoplePage, type PeopleTab } from '#features/contacts/web/index.ts';
import { BlockImpact, BulkBlockButton, SafetyZone, useCanBlock } from '#features/gate/web/index.ts';
import { EraseZone, useErasesPeople } from '#features/removals/web/index.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { useNameRemoval } from './name-removal.tsx';

const addressOf = {
  all: {},
  blocked: { aba: 'bloqueados' },
  conflicts: { aba: 'conflitos' },
} as const satisfies Record<PeopleTab, object>;

const tabOf = { bloqueados: 'blocked', conflitos: 'conflicts' } as const;

/** `/contatos`: everybody outside whom we know; `?aba=` is the tab, `/contatos/ID` opens one of them. */
export function ContactsPage() {
  const { t } = useTranslation('gate');
  const navigate = useNavigate();
  const { aba } = useSearch({ from: '/inside/contatos' });
  const { contactId } = useParams({ strict: false });
  const search = aba ? { aba } : {};
  const canBlock = useCanBlock();
  const erases = useErasesPeople();
  const removal = useNameRemoval();
  const open = (id: string | null) =>
    id === null
      ? navigate({ to: '/contatos', search })
      : navigate({ to: '/contatos/$contactId', params: { contactId: id }, search });
  return (
    <>
      <PeoplePage
        tab={aba ? tabOf[aba] : 'all'}
        onTab={(tab) => void navigate({ to: '/contatos', search: addressOf[tab], replace: true })}
        contactId={contactId ?? null}
        onOpen={(id) => void open(id)}
        contactLink={(contact, className, children) => (
          <ToContact contact={contact} search={search} className={className}>
            {children}
          </ToContact>
        )}
        conflictLink={({ id, name }) => (
          <ToContact contact={{ id }} search={search} className="hover:underline">
            {name}
          </ToContact>
        )}
        blockImpact={(id) => <BlockImpact contactId={id} />}
        emptyAction={
          <Link to="/conversas" className={buttonClass('plain')}>
            {t('list.to-conversations')}
          </Link>
        }
        bulk={
          canBlock
            ? ({ names, clear }) => <BulkBlockButton names={names} onDone={clear} />
            : undefined
        }
        safety={({ id, name, isBlocked }) => (
          <SafetyZone
            contactId={id}
            contactName={name}
            isBlocked={isBlocked}
            blocksLink={toBlocks}
          />
        )}
        nameWay={removal.way}
        foot={({ id: contactId, name: contactName, isBlocked }) =>
          erases && (
            <EraseZone
              {...{ contactId, contactName, isBlocked }}
              onErased={() => void open(null)}
            />
          )
        }
      />
      {removal.dialog}
    </>
  );
}

const toBlocks = (contactId: string, label: string) => (
  <Link
    to="/bloqueios"
    search={{ aba: 'todos', busca: contactId }}
    className="underline underline-offset-2"
  >
    {label}
  </Link>
);

function ToContact({
  contact,
  search,
  className,
  children,
}: {
  contact: Pick<Contact, 'id'>;
  search: { aba?: 'bloqueados' | 'conflitos' };
  className: string;
  children: ReactNode;
}) {
  return (
    <Link
      to="/contatos/$contactId"
      params={{ contactId: contact.id }}
      search={search}
      className={className}
    >
      {children}
    </Link>
  );
}
