import { ActionIcon, Avatar, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { roomsOf, useMe, useSignOut } from '@/features/session/public';
import { isColorScheme } from '@/lib/color-scheme';
import { initials } from '@/lib/initials';
import { IconHome, IconInbox, IconKeyboard, IconSignOut, IconUser } from '@/ui/icons';
import { openHelp } from './open-help';

/** Who is signed in, the colours, the way to the other parts and out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isPortal = useLocation({ select: ({ pathname }) => pathname.startsWith('/portal') });
  const isWorking = roomsOf(me.roles).includes('agent');
  return (
    <Menu width={260} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon size="lg" radius="xl" aria-label={t('nav.account', { name: me.name })}>
          <Avatar size={30} radius="xl" color="harbour" aria-hidden>
            <span className="initials" data-initials={initials(me.name)} />
          </Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt="xs">
          {me.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb="xs">
          {me.email}
        </Text>
        <Menu.Item
          leftSection={<IconUser aria-hidden size={16} />}
          renderRoot={(props) => <Link to={isPortal ? '/portal/profile' : '/agent/profile'} {...props} />}
        >
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Divider />
        {isWorking && (
          <Menu.Item
            leftSection={<IconInbox aria-hidden size={16} />}
            renderRoot={(props) => <Link to="/agent" {...props} />}
          >
            {t('nav.console')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconHome aria-hidden size={16} />}
          renderRoot={(props) => <Link to="/portal" {...props} />}
        >
          {t('nav.portal')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard aria-hidden size={16} />} onClick={openHelp}>
          {t('help.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        <SegmentedControl
          fullWidth
          mx="xs"
          mb="xs"
          aria-label={t('scheme.label')}
          value={colorScheme}
          onChange={(value) => isColorScheme(value) && setColorScheme(value)}
          data={[
            { value: 'auto', label: t('scheme.auto') },
            { value: 'light', label: t('scheme.light') },
            { value: 'dark', label: t('scheme.dark') },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconSignOut aria-hidden size={16} />} onClick={() => void signOut()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
