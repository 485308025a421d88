import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { disableMfa, getMeQueryKey, getMfaOptions, operation, renewRecoveryCodes } from '@/api';
import { IconCheck } from '@/ui/icons';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Card } from './Card';
import { ConfirmWithCode } from './ConfirmWithCode';
import { EnrolSecondFactor } from './EnrolSecondFactor';
import { RecoveryCodes } from './RecoveryCodes';

type Doing = 'enrol' | 'disable' | 'renew' | null;

const FEW_CODES = 3;

/** The second step at sign-in: set up, renew its recovery codes, switch off. */
export function SecondFactor() {
  const { t } = useTranslation('profile');
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<string[]>([]);
  const state = useQuery(getMfaOptions());
  const close = () => {
    setDoing(null);
    setCodes([]);
    void client.invalidateQueries({ queryKey: operation('getMfa') });
    void client.invalidateQueries({ queryKey: getMeQueryKey() });
  };
  if (state.isPending) return <SkeletonRows rows={2} />;
  if (state.isError) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  const { is_enabled: isOn, is_required: isRequired, recovery_codes_left: left } = state.data;
  return (
    <Card
      title={t('mfa.title')}
      lead={isOn ? t('mfa.on') : t('mfa.off')}
      action={
        isOn ? (
          <IconCheck aria-hidden color="var(--mantine-color-teal-6)" />
        ) : (
          <Button size="sm" onClick={() => setDoing('enrol')}>
            {t('mfa.start')}
          </Button>
        )
      }
    >
      {isOn && (
        <>
          <Text size="sm" mb="sm">
            {t('mfa.codesLeft', { count: left })}{' '}
            {left <= FEW_CODES && <Badge color="orange">{t('mfa.codesLow')}</Badge>}
          </Text>
          <Group gap="sm">
            <Button size="sm" variant="default" onClick={() => setDoing('renew')}>
              {t('mfa.renew')}
            </Button>
            {isRequired ? (
              <Text size="sm" c="dimmed">
                {t('mfa.required')}
              </Text>
            ) : (
              <Button size="sm" variant="default" onClick={() => setDoing('disable')}>
                {t('mfa.disable')}
              </Button>
            )}
          </Group>
        </>
      )}
      <Modal opened={doing === 'enrol'} onClose={close} title={t('mfa.title')} closeOnClickOutside={false}>
        {doing === 'enrol' && <EnrolSecondFactor onDone={close} />}
      </Modal>
      <Modal opened={doing === 'disable'} onClose={close} title={t('mfa.disable')}>
        {doing === 'disable' && (
          <ConfirmWithCode
            submit={t('mfa.disable')}
            onCancel={close}
            onConfirm={async (body) => {
              await disableMfa({ body });
              notifications.show({ message: t('mfa.disabled'), color: 'teal' });
              close();
            }}
          />
        )}
      </Modal>
      <Modal opened={doing === 'renew'} onClose={close} title={t('mfa.renew')} closeOnClickOutside={codes.length === 0}>
        {doing === 'renew' &&
          (codes.length > 0 ? (
            <RecoveryCodes codes={codes} onDone={close} />
          ) : (
            <ConfirmWithCode
              lead={t('mfa.renewHelp')}
              submit={t('mfa.next')}
              onCancel={close}
              onConfirm={async (body) => setCodes((await renewRecoveryCodes({ body })).data.recovery_codes)}
            />
          ))}
      </Modal>
    </Card>
  );
}
