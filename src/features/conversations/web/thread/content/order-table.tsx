import { ShoppingBag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { ContentOf } from '../../../contract.ts';
import { Inset } from './parts.tsx';

/** Of a currency that the browser does not know the code stands behind the number. */
const useMoney = () => {
  const { i18n } = useTranslation();
  const format = useFormat();
  return (amount: number, currency: string | null): string => {
    if (currency === null) return format.number(amount);
    try {
      const style = { style: 'currency', currency } as const;
      return new Intl.NumberFormat(i18n.language, style).format(amount);
    } catch {
      return `${format.number(amount)} ${currency}`;
    }
  };
};

export function OrderTable({ content }: { content: ContentOf<'order'> }) {
  const { t } = useTranslation('content');
  const money = useMoney();
  const { items, totals } = content;
  return (
    <Inset>
      <div className="min-w-60 p-3">
        <p className="mb-2 flex items-center gap-2 text-body font-medium">
          <ShoppingBag aria-hidden="true" className="size-4.5 text-ink-soft" />
          {t('order.title', { count: items.length })}
        </p>
        <table className="w-full text-preview">
          <thead className="text-meta text-ink-faint">
            <tr>
              <th className="pb-1 text-left font-normal">{t('order.item')}</th>
              <th className="pb-1 pl-3 text-right font-normal">{t('order.quantity')}</th>
              <th className="pb-1 pl-3 text-right font-normal">{t('order.price')}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {items.map((item, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items never move, and may be equal
              <tr key={at} className="border-t border-hairline">
                <td className="py-1 text-ink-soft">{item.productId ?? t('order.unnamed')}</td>
                <td className="py-1 pl-3 text-right">{item.quantity ?? '—'}</td>
                <td className="py-1 pl-3 text-right whitespace-nowrap">
                  {item.price === null ? '—' : money(item.price, item.currency)}
                </td>
              </tr>
            ))}
          </tbody>
          {totals && totals.length > 0 && (
            <tfoot className="font-medium tabular-nums">
              {totals.map(({ currency, amount }) => (
                <tr key={currency} className="border-t border-hairline">
                  <td className="pt-1.5" colSpan={2}>
                    {t('order.total')}
                  </td>
                  <td className="pt-1.5 pl-3 text-right whitespace-nowrap">
                    {money(amount, currency)}
                  </td>
                </tr>
              ))}
            </tfoot>
          )}
        </table>
      </div>
    </Inset>
  );
}
