import { useTranslation } from 'react-i18next';
import { useAllActions } from '@/actions/use-actions';
import { Keys } from '@/ui/text/Keys';
import { Card } from './Card';
import classes from './profile.module.css';

/** The keys that work everywhere, from the definitions that make them work. */
export function Shortcuts() {
  const { t } = useTranslation('profile');
  const actions = useAllActions().filter((action) => action.shortcut && action.isGlobal);
  return (
    <Card title={t('section.keys')} lead={t('keys.lead')}>
      <ul className={classes.rows}>
        {actions.map((action) => (
          <li key={action.id} className={classes.row}>
            {action.label}
            <Keys shortcut={action.shortcut ?? ''} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
