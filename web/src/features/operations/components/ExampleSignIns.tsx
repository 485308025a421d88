import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExampleMade } from '@/api';
import { useRoleName } from '@/features/people/public';
import { CopyButton } from '@/ui/form/CopyButton';
import classes from './operations.module.css';

/** Who can sign in, and the password, which is told only now. */
export function ExampleSignIns({ made }: { made: ExampleMade }) {
  const { t } = useTranslation('example');
  const roleName = useRoleName();
  return (
    <>
      <Text size="sm" mt="xs">
        {t('signIns')}
      </Text>
      <dl className={classes.secret}>
        <dt>{t('password')}</dt>
        <dd data-example-password>{made.password}</dd>
      </dl>
      <dl className={`${classes.secret} ${classes.people}`}>
        {made.sign_ins.map((person) => (
          <div key={person.email}>
            <dt>
              {person.name}, {roleName(person.role)}
            </dt>
            <dd>{person.email}</dd>
          </div>
        ))}
      </dl>
      <CopyButton text={made.password} label={t('copy')} copied={t('copied')} />
    </>
  );
}
