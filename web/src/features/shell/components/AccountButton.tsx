import { ActionIcon, type ActionIconProps, Avatar } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/session/public';
import { initials } from '@/lib/initials';

/** The signed-in person's initials; opens the menu of their account. */
export function AccountButton(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <ActionIcon size="lg" radius="xl" aria-haspopup="menu" aria-label={t('nav.account', { name: me.name })} {...props}>
      <Avatar size={30} radius="xl" color="harbour" aria-hidden>
        <span className="initials" data-initials={initials(me.name)} />
      </Avatar>
    </ActionIcon>
  );
}
