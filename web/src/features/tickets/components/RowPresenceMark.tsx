import { useTranslation } from 'react-i18next';
import { initials } from '@/lib/initials';
import { IconEdit } from '@/ui/icons';
import { useRowPeople } from '../hooks/use-row-presence';
import classes from './row-presence.module.css';

/** Marks that fit into a row. */
const MOST_MARKS = 2;

/** Who else has the ticket of a row open: round who looks, square with a pen who types. */
export function RowPresenceMark({ id }: { id: string }) {
  const { t } = useTranslation('tickets');
  const people = useRowPeople(id);
  if (people.length === 0) return null;
  // Who types comes first: that is what should keep others from answering too.
  const sorted = [...people].sort((a, b) => Number(b.activity === 'typing') - Number(a.activity === 'typing'));
  const words = sorted.map(({ user, activity }) =>
    activity === 'typing' ? t('presence.typing', { who: user.name }) : t('presence.viewing', { who: user.name }),
  );
  const shown = sorted.length > MOST_MARKS ? sorted.slice(0, 1) : sorted;
  return (
    <span className={classes.marks} role="img" aria-label={words.join(', ')} title={words.join('\n')} data-presence>
      {shown.map(({ user, activity }) => (
        <span key={user.id} className={classes.mark} data-activity={activity}>
          {activity === 'typing' && <IconEdit aria-hidden size={11} />}
          {initials(user.name)}
        </span>
      ))}
      {sorted.length > shown.length && <span className={classes.mark}>+{sorted.length - shown.length}</span>}
    </span>
  );
}
