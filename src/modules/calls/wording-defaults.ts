import type { Script } from './settings.ts'

/** What is said when a site has written nothing of its own (G7); spoken, so data and not a text of the program. */

const none = { zh: '', en: '' }

export const fallbackScripts: Script[] = [
  {
    key: 'greeting',
    zh: '您好,{{site}},请问有什么可以帮您?',
    en: 'Good day, {{site}}, how may I help you?',
    note: { zh: '三声内接听', en: 'Within three rings' },
  },
  {
    key: 'greeting-late',
    zh: '您好,让您久等了,{{site}},请问有什么可以帮您?',
    en: 'Good day, thank you for waiting. {{site}}, how may I help you?',
    note: { zh: '超过三声,先致歉', en: 'After three rings: apologise first' },
  },
  {
    key: 'ask-three',
    zh: '请问您是哪个单位、怎么称呼、有什么事?',
    en: 'May I ask which company you are with, your name and the matter?',
    note: { zh: '问清之前不打扰任何人', en: 'Disturb nobody before you know' },
  },
  {
    key: 'ask-company-phone',
    zh: '方便留下您的单位和电话吗?',
    en: 'May I have your company and a number to reach you?',
    note: none,
  },
  { key: 'hold', zh: '请稍等,我帮您看一下。', en: 'One moment please, let me check.', note: none },
  {
    key: 'connecting',
    zh: '好的,我为您转接{{target}},请稍等。',
    en: 'Certainly, I am putting you through to {{target}}, one moment please.',
    note: { zh: '先向来电人说明再转', en: 'Tell the caller before you transfer' },
  },
  {
    key: 'put-through',
    zh: '{{target}}已接听,请讲。',
    en: '{{target}} is on the line, go ahead please.',
    note: none,
  },
  {
    key: 'busy-next',
    zh: '{{target}}正在通话,我帮您转给能处理的同事,好吗?',
    en: '{{target}} is on another call. May I put you through to a colleague who can help?',
    note: none,
  },
  {
    key: 'no-answer-next',
    zh: '{{target}}暂时没有接听,我再帮您找一位同事。',
    en: '{{target}} does not answer just now; let me find a colleague for you.',
    note: none,
  },
  {
    key: 'not-in',
    zh: '不好意思,{{target}}现在不在。',
    en: 'I am sorry, {{target}} is not in at the moment.',
    note: none,
  },
  {
    key: 'refused',
    zh: '不好意思,{{target}}现在不方便接听,我可以帮您转告。',
    en: 'I am sorry, {{target}} cannot take the call now. I will gladly pass on a message.',
    note: { zh: '原因只留在内部', en: 'The reason stays in the house' },
  },
  {
    key: 'hotline-busy',
    zh: '非常抱歉,客服线路都在忙,请留下单位和电话,我们{{minutes}}分钟内给您回电。',
    en: 'I am very sorry, all service lines are busy. If you leave company and number, we will call you back within {{minutes}} minutes.',
    note: none,
  },
  {
    key: 'message-offer',
    zh: '需要我记下来转告{{target}}吗?',
    en: 'Shall I write it down for {{target}}?',
    note: none,
  },
  {
    key: 'message-taken',
    zh: '我记下了:{{caller}},{{number}}。我马上转告{{target}}。',
    en: 'I have noted: {{caller}}, {{number}}. I will pass it to {{target}} at once.',
    note: { zh: '复述一遍核对', en: 'Read it back' },
  },
  {
    key: 'callback-promise',
    zh: '我们会在{{minutes}}分钟内给您回电,号码是{{number}},对吗?',
    en: 'We will call you back within {{minutes}} minutes on {{number}}; is that right?',
    note: { zh: '复述号码', en: 'Read the number back' },
  },
  {
    key: 'declined',
    zh: '谢谢您来电,我们目前没有这方面的需要,再见。',
    en: 'Thank you for calling; we have no need of this at present. Goodbye.',
    note: none,
  },
  {
    key: 'line-fault',
    zh: '线路不太好,我换一个方式联系您,请问您的手机号是多少?',
    en: 'The line is bad. Let me reach you another way; what is your mobile number?',
    note: { zh: '报修线路,换线回电', en: 'Report the line, call back on another' },
  },
  {
    key: 'angry',
    zh: '非常抱歉给您添了麻烦,您慢慢说,我都记下来。',
    en: 'I am very sorry for the trouble. Please tell me, I am writing everything down.',
    note: { zh: '先听完,不争辩,不打断', en: 'Listen to the end; do not argue or interrupt' },
  },
  {
    key: 'dialect',
    zh: '不好意思,我请一位能说您家乡话的同事和您讲,请稍等。',
    en: 'Excuse me, I will ask a colleague who speaks your language; one moment.',
    note: none,
  },
  {
    key: 'beyond-knowledge',
    zh: '这个问题我请专业的同事答复您,请留下电话,我们尽快回电。',
    en: 'A colleague who knows this will answer you. May I have your number? We will call back shortly.',
    note: { zh: '不猜,不说不知道', en: 'Never guess, never "I do not know"' },
  },
  {
    key: 'wrong-number',
    zh: '您好,您可能拨错了,这里是{{site}}。',
    en: 'I am afraid you have the wrong number; this is {{site}}.',
    note: none,
  },
  {
    key: 'callback-opening',
    zh: '您好,我是{{site}}的{{agent}},答应给您回电,现在方便吗?',
    en: 'Good day, this is {{agent}} of {{site}}. I promised to call you back; is this a good moment?',
    note: none,
  },
  {
    key: 'callback-report',
    zh: '您留言给{{target}}的事已经处理,结果是:',
    en: 'The matter you left for {{target}} has been dealt with; the result is:',
    note: none,
  },
  {
    key: 'return-visit-opening',
    zh: '您好,我是{{site}}的{{agent}},想就上次的服务做个简短回访,方便吗?',
    en: 'Good day, this is {{agent}} of {{site}}. May I ask you briefly about our last service?',
    note: none,
  },
  {
    key: 'return-visit-closing',
    zh: '谢谢您的意见,我们会改进。再见。',
    en: 'Thank you, we will act on what you said. Goodbye.',
    note: none,
  },
  {
    key: 'farewell',
    zh: '谢谢您来电,再见。',
    en: 'Thank you for calling. Goodbye.',
    note: { zh: '等对方先挂', en: 'Let the caller hang up first' },
  },
]
