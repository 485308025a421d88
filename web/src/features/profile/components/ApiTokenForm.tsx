import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createApiToken, listUserPermissionsOptions, type NewApiTokenView } from '@/api';
import { useMe, usePermissionWord } from '@/features/session/public';
import { exactTime } from '@/lib/time';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useFormats } from '@/ui/time/formats';
import { useNow } from '@/ui/time/use-now';
import { byResource, grantOf, isReading } from '../model';
import classes from './profile.module.css';

const LIVES = [7, 30, 90, 365, 730] as const;
const DAY_MS = 86_400_000;
const NO_PERMISSIONS: string[] = [];

interface ApiTokenFormProps {
  onMade: (token: NewApiTokenView) => void;
  onClose: () => void;
}

/** What a token is for, how long it works and what it may do: a part of what its owner may. */
export function ApiTokenForm({ onMade, onClose }: ApiTokenFormProps) {
  const { t } = useTranslation('profile');
  const me = useMe();
  const permissionWord = usePermissionWord();
  const now = useNow();
  const { locale, timeZone } = useFormats();
  const listId = useId();
  const [search, setSearch] = useState('');
  const permissions = useQuery(listUserPermissionsOptions({ path: { id: me.id } }));
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: '', days: '90', permissions: NO_PERMISSIONS },
    validate: {
      name: required(t('tokens.nameMissing')),
      permissions: (chosen) => (chosen.length > 0 ? null : t('tokens.permissionsMissing')),
    },
    onSubmit: async ({ name, days, permissions: chosen }) => {
      const expires_at = new Date(Date.now() + Number(days) * DAY_MS - 60_000).toISOString();
      onMade((await createApiToken({ body: { name: name.trim(), expires_at, permissions: chosen } })).data);
    },
  });
  const chosen = form.values.permissions;
  const known = permissions.data?.data ?? [];
  const words = search.trim().toLowerCase();
  const shown = known.filter((row) => `${row.name} ${permissionWord(row)}`.toLowerCase().includes(words));
  const set = (grants: string[]) => form.setFieldValue('permissions', grants);
  const lives = LIVES.map((days) => {
    const life = days % 365 === 0 ? t('tokens.year', { count: days / 365 }) : t('tokens.days', { count: days });
    const date = exactTime(new Date(now + days * DAY_MS).toISOString(), locale, timeZone);
    return { value: String(days), label: `${life} (${date})` };
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          size="sm"
          label={t('tokens.name')}
          description={t('tokens.nameHelp')}
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <NativeSelect size="sm" label={t('tokens.expires')} data={lives} {...form.getInputProps('days')} />
        <div>
          <Text size="sm" fw={500} id={listId}>
            {t('tokens.permissions')}
          </Text>
          <Text size="sm" c="dimmed" mb="xs">
            {t('tokens.permissionsHelp')}
          </Text>
          <Group gap="xs" mb="xs">
            <TextInput
              size="sm"
              flex="1 1 160px"
              aria-label={t('tokens.filter')}
              placeholder={t('tokens.filter')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Button
              size="sm"
              variant="default"
              onClick={() => set(known.filter(({ name }) => isReading(name)).map(grantOf))}
            >
              {t('tokens.readOnly')}
            </Button>
            <Button size="sm" variant="default" onClick={() => set([])}>
              {t('tokens.none')}
            </Button>
          </Group>
          <div className={classes.permissions} role="group" aria-labelledby={listId} tabIndex={0}>
            {permissions.isPending && <SkeletonRows rows={5} />}
            <Checkbox.Group value={chosen} onChange={set}>
              {byResource(shown).map(([resource, rows]) => (
                <Stack key={resource} gap={8} mt="sm">
                  <Text component="code" size="xs" fw={650} c="dimmed">
                    {resource}
                  </Text>
                  {rows.map((row) => (
                    <Checkbox
                      key={row.name}
                      size="sm"
                      value={grantOf(row)}
                      label={permissionWord(row)}
                      description={<code>{grantOf(row)}</code>}
                    />
                  ))}
                </Stack>
              ))}
            </Checkbox.Group>
          </div>
          <Text size="sm" mt={4} c={form.errors.permissions ? 'red' : 'dimmed'} aria-live="polite">
            {form.errors.permissions ?? t('tokens.chosen', { count: chosen.length })}
          </Text>
        </div>
      </Stack>
      <FormButtons submit={t('tokens.create')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
