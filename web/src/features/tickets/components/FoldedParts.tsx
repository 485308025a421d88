import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '@/api';
import classes from './ticket-pane.module.css';

/** What a comment that came by mail had beside its text: there, but out of the way. */
export function FoldedParts({ item }: { item: TimelineItem }) {
  const { t } = useTranslation('tickets');
  const parts = [
    { label: t('mail.quoted'), text: item.quoted },
    { label: t('mail.signature'), text: item.signature },
  ];
  return parts.map(
    ({ label, text }) =>
      text && (
        <details key={label} className={classes.folded}>
          <summary>{label}</summary>
          <pre>{text}</pre>
        </details>
      ),
  );
}
