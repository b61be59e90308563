import type { Decide, ToolCall } from './ModelServer.mts';

/** Understands the requests in the note of the example with an agent, and calls its tools. */
export const decide: Decide = (userMessage, results) => {
	const result = results.at(-1);
	if (result !== undefined) return summarize(result);
	const [flow, newName] = [...userMessage.matchAll(/["“”]([^"“”]+)["“”]/g)].map(([, name]) => name);
	if (/publish/i.test(userMessage) && flow) return callWithApproval('Publish_flow', { flow });
	if (/rename/i.test(userMessage) && flow && newName) {
		return callWithApproval('Update_flow', { flow, new_name: newName, categories: '' });
	}
	const status = /problem/i.test(userMessage) ? 'BLOCKED,THROTTLED' : '';
	return { tool: 'Get_many_flows', input: { name_contains: '', status } };
};

/** n8n asks for the parameters of a tool and of the human review separately. */
const callWithApproval = (tool: string, toolParameters: object): ToolCall => ({
	tool,
	input: { toolParameters, hitlParameters: {} },
});

interface ToolOutput {
	name?: string;
	status?: string;
	previous_status?: string;
	error?: string;
	output?: string;
	message?: string;
}

function summarize(result: string): string {
	const output = JSON.parse(result) as unknown;
	return Array.isArray(output) ? output.map(describe).join('\n') : result;
}

function describe({ name, status, previous_status, ...other }: ToolOutput): string {
	if (previous_status !== undefined)
		return `Done. ${name} was ${previous_status} and is ${status}.`;
	if (name !== undefined) return `- ${name}: ${status}`;
	if (other.output !== undefined) return 'I changed nothing.';
	return other.error ?? other.message ?? '';
}
