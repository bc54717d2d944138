import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { fetchAhead, lazyPopup } from '#platform/web/ui/lazy-part.tsx';

const load = () => import('./account-menu.tsx');
const preload = (): void => fetchAhead(load);

const AccountMenu = lazyPopup(load, (file) => file.AccountMenu);

/** Who is signed in; a press opens the menu. */
export function AccountButton() {
  const { t } = useTranslation('shell');
  const { name } = useMe();
  const [isWanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      aria-label={`${t('nav.account')}: ${name}`}
      aria-haspopup="menu"
      className="flex size-10 items-center justify-center rounded-full max-md:h-12 max-md:w-16"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    >
      <Avatar name={name} size="sm" />
    </button>
  );
  if (!isWanted) return button;
  return <AccountMenu trigger={button} whileLoading={button} onFailed={() => setWanted(false)} />;
}
