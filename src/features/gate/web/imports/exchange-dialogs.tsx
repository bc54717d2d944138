import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { type ExchangeList, exchangeLimits } from '../../exchange/contract.ts';
import { useMakeList, useOpenList, useRemoveList } from './exchange-api.ts';

const isShort = (key: string): boolean => key.trim().length < exchangeLimits.shortestKey;

/** The key of a list; from then on it is looked up. */
export function KeyDialog({ list, onClose }: { list: ExchangeList; onClose: () => void }) {
  const { t } = useTranslation('block-lists');
  const open = useOpenList();
  const [key, setKey] = useState('');
  const [wasTried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (!isShort(key)) open.mutate({ id: list.id, key }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('exchange.key-title', { name: list.name })}
      description={t('exchange.key-body')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('exporting.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={open.isPending}>
            {t('exchange.key-confirm')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('exchange.key')}
        value={key}
        autoComplete="off"
        spellCheck={false}
        maxLength={exchangeLimits.longestKey}
        error={wasTried && isShort(key) && t('exchange.key-short')}
        onChange={({ target }) => setKey(target.value)}
      />
      <div className="mt-2">
        <ProblemLine error={open.error} />
      </div>
    </Dialog>
  );
}

/** Makes a list of everybody who is blocked now, and shows its key once. */
export function MakeListDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('block-lists');
  const make = useMakeList();
  const [key, setKey] = useState('');
  const [wasTried, setTried] = useState(false);
  const isWrong = key.trim() !== '' && isShort(key);
  const submit = () => {
    setTried(true);
    if (!isWrong && !make.data) make.mutate(key.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('exchange.make-title')}
      description={t('exchange.make-body')}
      onSubmit={submit}
      footer={
        make.data ? (
          <Button onClick={onClose}>{t('exchange.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('exporting.cancel')}</Button>
            <Button type="submit" variant="primary" isBusy={make.isPending}>
              {t('exchange.make')}
            </Button>
          </>
        )
      }
    >
      {make.data ? (
        <CopyField
          label={t('exchange.made-key')}
          value={make.data.key}
          words={{ copy: t('exchange.copy'), copied: t('exchange.copied') }}
        />
      ) : (
        <TextField
          label={t('exchange.own-key')}
          hint={t('exchange.own-key-hint')}
          value={key}
          autoComplete="off"
          spellCheck={false}
          maxLength={exchangeLimits.longestKey}
          error={wasTried && isWrong && t('exchange.key-short')}
          onChange={({ target }) => setKey(target.value)}
        />
      )}
      <div className="mt-2">
        <ProblemLine error={make.error} />
      </div>
    </Dialog>
  );
}

export function RemoveListDialog({ list, onClose }: { list: ExchangeList; onClose: () => void }) {
  const { t } = useTranslation('block-lists');
  const remove = useRemoveList();
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      role="alertdialog"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('exchange.remove-title', { name: list.name })}
      description={t('exchange.remove-body')}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            {t('exporting.cancel')}
          </Button>
          <Button
            variant="danger"
            isBusy={remove.isPending}
            onClick={() => remove.mutate(list.id, { onSuccess: onClose })}
          >
            {t('exchange.remove-confirm')}
          </Button>
        </>
      }
    >
      <ProblemLine error={remove.error} />
    </Dialog>
  );
}
