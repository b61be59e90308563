import type { IDataObject } from 'n8n-workflow';
import type { N8nTestHarness, Result } from '../integration/n8nHarness.mts';
import type { Provider, ProviderMock } from './provider.mts';

/** Executes an operation with one item per flow, and On Error set to Continue. */
export async function runOperation<TMock extends ProviderMock>(
	{ operations, package: { credential } }: Provider<TMock>,
	harness: N8nTestHarness,
	{ operation, ids, options }: { operation: string; ids: string[]; options: IDataObject },
): Promise<Result> {
	const { parameters, options: ownOptions, credentials = {} } = operations[operation]!;
	// The harness passes one object to the node, whatever the type.
	const decrypted = Object.assign({}, harness.credential, ...Object.values(credentials));
	const types = [credential, ...Object.keys(credentials)];
	return await harness.as(decrypted).run(
		{ resource: 'flow', operation, ...parameters, options: { ...options, ...ownOptions } },
		{
			items: ids.map((id) => ({ id })),
			onError: 'continueRegularOutput',
			node: {
				credentials: Object.fromEntries(types.map((type) => [type, { id: '1', name: type }])),
			},
		},
	);
}
