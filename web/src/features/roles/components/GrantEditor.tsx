import { Badge, Group, SegmentedControl, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionView } from '@/api';
import { LookOnly } from '@/ui/action/LookOnly';
import { Panel } from '@/ui/page/Panel';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { bySection, scopeOf, withScope } from '../grants';
import { useGrantWords } from '../hooks/use-grant-words';
import classes from './roles.module.css';

interface GrantEditorProps {
  grants: readonly string[];
  /** What the role grants as it is saved. */
  saved: readonly string[];
  onChange: (grants: string[]) => void;
  isReadOnly: boolean;
  error?: ReactNode;
}

/** Every permission in its group, each with how far the role lets it reach. */
export function GrantEditor(props: GrantEditorProps) {
  const { t } = useTranslation('roles');
  const { vocabulary } = useGrantWords();
  if (!vocabulary.data) return <SkeletonRows />;
  return (
    <>
      {props.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {props.error}
        </Text>
      )}
      {bySection(vocabulary.data.data).map(([section, permissions]) => {
        const granted = permissions.filter(({ name }) => scopeOf(props.grants, name) !== null).length;
        return (
          <Panel
            key={section}
            title={t(`section.${section}`)}
            actions={
              <Text size="xs" c="dimmed">
                {t('grantedOf', { granted, all: permissions.length })}
              </Text>
            }
          >
            <ul className={classes.grants}>
              {permissions.map((permission) => (
                <GrantRow key={permission.name} permission={permission} {...props} />
              ))}
            </ul>
          </Panel>
        );
      })}
    </>
  );
}

function GrantRow({
  permission,
  grants,
  saved,
  onChange,
  isReadOnly,
}: GrantEditorProps & { permission: PermissionView }) {
  const { t } = useTranslation('roles');
  const { scopeWord, permissionWord } = useGrantWords();
  const { name, scopes } = permission;
  const description = permissionWord(permission);
  const scope = scopeOf(grants, name);
  const isChanged = scope !== scopeOf(saved, name);
  const isPlain = scopes.length === 1;
  const data = [
    { value: 'none', label: t('none') },
    ...scopes.map((each) => ({ value: each, label: isPlain ? t('granted') : scopeWord(each) })),
  ];
  return (
    <li className={classes.grant} data-changed={isChanged || undefined}>
      <div>
        <Group gap={6}>
          <Text size="sm">{description}</Text>
          {isChanged && <Badge color="orange">{t('changed')}</Badge>}
        </Group>
        <Text component="code" size="xs" c="dimmed" ff="monospace">
          {name}
        </Text>
      </div>
      <LookOnly isReadOnly={isReadOnly}>
        <SegmentedControl
          aria-label={description}
          data={data}
          value={scope ?? 'none'}
          readOnly={isReadOnly}
          onChange={(value) => onChange(withScope(grants, name, value === 'none' ? null : value))}
        />
      </LookOnly>
    </li>
  );
}
