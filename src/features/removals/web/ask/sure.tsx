import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useCanBlock } from '#features/gate/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { BlockToo, type BlockWish, isBlockMissing, noBlock } from '../block-too.tsx';

/** The second step of *Remover agora…*: whether one is sure, and the block that goes along with it. */
export function useSure({ isBlocked }: { readonly isBlocked: boolean }) {
  const [isAsked, setAsked] = useState(false);
  const [wanted, setWish] = useState(noBlock);
  // Somebody else has blocked meanwhile: their block stays as it is, and the box that wanted one is gone.
  const wish = isBlocked ? noBlock : wanted;
  const [isChecked, setChecked] = useState(false);
  return {
    ...{ isAsked, wish, setWish, isChecked },
    ask: () => setAsked(true),
    back: () => {
      setAsked(false);
      setWish(noBlock);
      setChecked(false);
    },
    /** Goes on only when the block, if one is wanted, is filled in. */
    withBlock: (next: (block: BlockWish['block']) => void) => {
      setChecked(true);
      if (isBlockMissing(wish)) focusFirstError('[role=dialog]');
      else next(wish.block);
    },
  };
}

export type Sure = ReturnType<typeof useSure>;

/** *Remover agora…*, for whoever decides. */
export function RemoveNow({ isBusy, onRemove }: { isBusy: boolean; onRemove: () => void }) {
  const { t } = useTranslation('ask-removal');
  const reviews = useRight('removal.review');
  if (!reviews) return null;
  return (
    <Button
      variant="quiet"
      className="mr-auto max-md:order-last max-md:mr-0 max-md:w-full"
      aria-disabled={isBusy}
      onClick={onRemove}
    >
      {t('remove-now')}
    </Button>
  );
}

/** Whoever blocks does it in the same step. */
export function SureFields({
  sure,
  label,
  isBlocked,
}: {
  sure: Sure;
  /** Of the box that blocks too. */
  label: string;
  isBlocked: boolean;
}) {
  const { t } = useTranslation('ask-removal');
  const canBlock = useCanBlock();
  if (!canBlock || isBlocked) return null;
  return (
    <div className="py-1">
      <BlockToo
        label={label}
        hint={t('sure.block-hint')}
        isWanted={sure.wish.isWanted}
        onChange={sure.setWish}
        isChecked={sure.isChecked}
      />
    </div>
  );
}

export function SureButtons({ isBusy, onBack }: { isBusy: boolean; onBack: () => void }) {
  const { t } = useTranslation('ask-removal');
  return (
    <>
      {/* The first focus of a dangerous step is the way back. */}
      <Button autoFocus aria-disabled={isBusy} onClick={() => isBusy || onBack()}>
        {t('sure.back')}
      </Button>
      <Button type="submit" variant="danger" isBusy={isBusy}>
        {t('sure.remove')}
      </Button>
    </>
  );
}
