using System.Text.RegularExpressions;

namespace SreBot.Planning;

/// <summary>The words that say what a question wants.</summary>
internal static partial class IntentWords
{
    [GeneratedRegex(@"^\W*(?:please\s+)?(?:run\s+(?:a\s+)?)?back-?test(?:ing)?\b(?:\s+(?:of|for|on)\b)?(?:\s+(?:the\s+|my\s+|our\s+)?(?:alert\s+)?(?<name>(?:this|that)(?=\s+alert)|.+?)(?:\s+alert)?)?(?:\s+(?:over|for|in|on))?(?:\s+(?<past>\d{1,2}\s?[hd]))?\W*$|\bwould\s+(?:the\s+|my\s+|our\s+)?(?:alert\s+)?(?<name>(?:this|that)(?=\s+alert)|.+?)(?:\s+alert)?\s+(?:have\s+)?(?:fired?|triggered|gone off|alerted|paged|caught)\b", RegexOptions.IgnoreCase)]
    public static partial Regex BacktestWord();

    [GeneratedRegex(@"\b(?:what|which|suggest|recommend|propose|find|best|good|right|sensible)\b.{0,30}\bthresholds?\b|\bthresholds?\s+(?:should|do you|would|to use)\b|\bwhere\b.{0,20}\bset\b.{0,20}\bthreshold\b", RegexOptions.IgnoreCase)]
    public static partial Regex ThresholdWord();

    [GeneratedRegex(@"\bthresholds?\b.*?\b(?:for|of)\s+(?:(?:the\s+)?alert\s+(?<name>.+?)|(?<name>(?:this|that)(?=\s+alert)).*)\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex ThresholdOfWord();

    [GeneratedRegex(@"^\W*help\b|what (?:all )?can (?:you|i|sre-?bot)\b|what do you (?:do|know)\b|how do(?:es)? (?:i|this|it|you) (?:use|work)|\bcapabilit|^\W*\?*\W*$|who are you", RegexOptions.IgnoreCase)]
    public static partial Regex HelpWord();

    [GeneratedRegex(@"^\W*(?:hi|hello|hey|yo|good (?:morning|evening|afternoon|day)|morning)\b", RegexOptions.IgnoreCase)]
    public static partial Regex GreetingWord();

    [GeneratedRegex(@"^\W*(?:thanks?|thank you|thx|ty|cheers|great|nice|ok(?:ay)?|cool|perfect|got it|awesome|good bot)\b", RegexOptions.IgnoreCase)]
    public static partial Regex ThanksWord();

    /// <summary>What SreBot neither knows nor does.</summary>
    [GeneratedRegex(@"\bon[- ]?call\b|\b(?:show|see|get|tail|grep|search|find|fetch|read|pull)\b.{0,20}\b(?:logs?|traces?|stack ?traces?|spans)\b|^\W*(?:the\s+)?logs?\b|\brunbooks?\b|^\W*(?:restart|reboot|roll ?back|revert|scale|kill|drain|fail ?over|delete|redeploy|stop|start|disable|enable)\s+(?!alert)\S|^\W*(?:deploy|release|ship)\s+(?:[a-z][\w-]*\s+)?v?\d[\w.]*|\b(?:please|now)\s+(?:restart|reboot|roll ?back|scale|drain)\b|\bunmute\b|\bpost-?mortem\b", RegexOptions.IgnoreCase)]
    public static partial Regex NotMineWord();

    [GeneratedRegex(@"\b(?:create|add|make|new|set ?up|set|define|configure)\b.{0,40}\b(?:alerts?|alarms?)\b|\b(?:alert|notify|tell|warn|page|ping|wake)\s+(?:me|us)\b.{0,20}\b(?:when|if|once|as soon)\b|\blet\s+(?:me|us)\s+know\s+(?:when|if|once|as soon)\b|^\W*(?:alert|notify|warn|page|ping)\s+(?:me|us)\b", RegexOptions.IgnoreCase)]
    public static partial Regex CreateAlertWord();

    [GeneratedRegex(@"\b(?:mute|silence|snooze|shut up)\s+(?:the\s+)?(?:alert\s+)?(?<name>.+?)(?:\s+alerts?)?(?:\s+for\s+(?:the\s+next\s+)?(?<count>\d{1,5}|an?|one|two|half an)?\s*(?<unit>m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|d(?:ays?)?|w(?:eeks?)?))?(?:\s+(?:please|pls))?\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex MuteWord();

    [GeneratedRegex(@"\bexplain\s+(?:the\s+)?alert\s+(?<name>.+)$|\bwhy (?:did|is|was|has) (?:the )?alert\s+(?<name>.+?)\s+(?:fired?|trigger(?:ed|ing)?|firing|resolved?|gone|going|go|alerting)\b.*$|\b(?:why (?:did|is|was|has)|what (?:made|triggered|fired)) (?:the )?(?<name>.+?)\s+alert\b.*$|\bwhy (?:was|were|did|am|are) (?:i|we) (?:get(?:ting)? )?(?:paged|alerted|notified|woken)(?: up)? (?:by|for|about|from) (?:the )?(?:alert )?(?<name>.+?)(?:\s+alert)?\W*$|\bexplain\s+(?:the\s+)?(?<name>.+?)\s+alert\W*$|\bwhy (?:did|has) (?:the )?(?<name>.+?)\s+(?:fired?|triggered|trigger|gone off|go off)\b.*$", RegexOptions.IgnoreCase)]
    public static partial Regex ExplainAlertWord();

    [GeneratedRegex(@"^\W*(?:delete|remove|drop)\s+(?:(?:the|my|our)\s+)?(?:alert|rule)\s+(?<name>.+)$|^\W*(?:delete|remove|drop)\s+(?:(?:the|my|our)\s+)?(?<name>.+?)\s+alert\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex DeleteAlertWord();

    [GeneratedRegex(@"^\W*subscribe(?:\s+me)?\s+to\s+(?:the\s+)?(?:alert\s+)?(?<name>.+?)(?:\s+alerts?)?\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex SubscribeWord();

    [GeneratedRegex(@"\b(?:list|show|which|what|all|my|our|active|firing|any|current)\b.{0,30}\balerts\b|^\W*alerts\b|\balert rules?\b|\bfiring\b|\balerting\b|\b(?:have|got|is there|are there)\b.{0,15}\balerts?\b|\balerts?\b.{0,15}\b(?:active|triggered|set|exist|configured|muted)\b", RegexOptions.IgnoreCase)]
    public static partial Regex ListAlertsWord();

    [GeneratedRegex(@"\back(?:nowledg(?:e|ed|ing))?(?:ing|ed|s)?\b", RegexOptions.IgnoreCase)]
    public static partial Regex AcknowledgeWord();

    /// <summary>It asks what became of something, rather than for it to be done.</summary>
    [GeneratedRegex(@"^\W*(?:who|when|has|was|is|did|have|why)\b", RegexOptions.IgnoreCase)]
    public static partial Regex AsksAfter();

    [GeneratedRegex(@"^\W*(?:(?:and|please|pls|then|ok|now)\s+)*(?:resolve|close)\b|\bmark\b.*\b(?:resolved|fixed|done|closed)\b|\b(?:please|pls|to|can we|and)\s+(?:resolve|close)\b", RegexOptions.IgnoreCase)]
    public static partial Regex ResolveWord();

    [GeneratedRegex(@"\b(?:it|this|that|this one|that one)\b", RegexOptions.IgnoreCase)]
    public static partial Regex PronounWord();

    [GeneratedRegex(@"\bincidents\b|\b(?:recent|latest|last|newest|current|open|any|new)\s+incident\b|\bon fire\b|\boutages?\b|\bwhat(?:'s|s| is)? burning\b", RegexOptions.IgnoreCase)]
    public static partial Regex IncidentsWord();

    [GeneratedRegex(@"\b(?:last|latest|recent|top|newest)\s+(?<count>\d{1,2})\s+(?:\w+\s+)?incidents\b|\b(?<count>\d{1,2})\s+(?:last|latest|newest|(?:most\s+)?recent)\s+incidents\b", RegexOptions.IgnoreCase)]
    public static partial Regex IncidentCount();

    [GeneratedRegex(@"\b(?:did|has|have|is|was|were|could|does|do|might)\b.*\b(?:break|broke|broken|caused?|causing|make|made|slow(?:ed)?|worse|hurt|regress\w*|affect\w*|responsible|blame|fault|it|related|bad|ok|okay|fine|safe|go well|mess\w*|introduce\w*)\b", RegexOptions.IgnoreCase)]
    public static partial Regex BlameWord();

    [GeneratedRegex(@"\b(?:(?:the|our|that|this|today's|last|latest|new)\s+)+(?:(?<service>[a-z][\w-]*)\s+)??(?<what>deploy(?:ment)?|release|roll-?out|config change|(?:feature\s+)?flag(?: change| flip)?)\b(?:\s+(?:of|to|for|on)\s+(?<service>[a-z][\w-]*))?(?:\s+(?<version>v\d[\w.]*))?|\b(?<service>[a-z][\w-]*)\s+(?<what>deploy(?:ment)?|release)\b|\b(?:(?<service>[a-z][\w-]*)\s+)?(?<version>v\d[\w.]*)\b(?=.*\b(?:break|broke|caus|make|made|slow|worse|hurt|regress|affect|responsible|blame|fault|bad|ok|okay|fine|safe|mess|introduce))", RegexOptions.IgnoreCase)]
    public static partial Regex BlamedWord();

    [GeneratedRegex(@"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bcompared\b|\bagainst\b|\bthan (?:before|yesterday|usual|normal|last|it|they|we|at|the|on|this|earlier)\b|\b(?:un)?usual(?:ly)? for\b|\btypical\b|\bdifferen(?:ce|t)\b|\b(?:back to|above|below|out of|is|are|look|looks|looking)\b.{0,40}\bnormal(?:ly)?\b|\bas usual\b|\bthan\s*\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex CompareWord();

    [GeneratedRegex(@"\b(?:up|down|higher|lower|rising|falling|drop(?:ped|ping)?|increas\w+|decreas\w+|worse|better|spik\w+|elevated|grow(?:n|ing)?|recover\w*|improv\w+|change[ds]?)\b", RegexOptions.IgnoreCase)]
    public static partial Regex MoveWord();

    [GeneratedRegex(@"^\W*(?:is|are|did|has|have|was|were|do|does)\b", RegexOptions.IgnoreCase)]
    public static partial Regex AsksWhether();

    [GeneratedRegex(@"\bswing(?:s|ing)?\b|\bfluctuat|\bunstable\b|\boscillat|\bvar(?:ies|y|ying|iation)\b|\bmax(?:imum)?\s*(?:-|minus)\s*min\b|\bculprit\b|\bjump(?:s|ing|y)\b|\bflapp\w+\b|\berratic\b|\bspik(?:y|iest)\b|\bstable\b", RegexOptions.IgnoreCase)]
    public static partial Regex SwingWord();

    [GeneratedRegex(@"\bdeploy(?:s|ed|ment|ments|ing)?\b|\breleases?\b|\breleased\b|\broll-?outs?\b|\brolled out\b|\bship(?:ped|s)?\b|\bconfig(?:uration)?s?\b|\bflags?\b|\bwhat(?:'s|s| has| have| is)?(?: been)? (?:changed|new|different)\b|\bchanges\b|\b(?:any|last|latest|recent|every) changes?\b|\bwhat (?:else )?change[sd]?\b|\bdid (?:\w+ )?change\b|\bpush(?:ed)? to prod\w*\b|\bwent (?:out|live)\b|\b(?:anything|something|what(?:'s|s| is)?) new\b", RegexOptions.IgnoreCase)]
    public static partial Regex ChangesWord();

    [GeneratedRegex(@"\btalkers?\b|\bwho(?:'s| is|s)? (?:\w+ ){0,2}(?:sending|hammering|calling|generating|driving|flooding|hitting)\b|\bwho(?:'s|s| is| are)? (?:our |the |my )?(?:\w+ )?(?:spenders?|consumers?|abusers?|users? of)\b|\bwho (?:sends|spends|costs|calls|uses)\b", RegexOptions.IgnoreCase)]
    public static partial Regex TalkerWord();

    [GeneratedRegex(@"\bnois(?:y|iest) neighbou?rs?\b|\bwho(?:'s| is|s)? (?:hogging|eating|burning|using)\b", RegexOptions.IgnoreCase)]
    public static partial Regex NeighbourWord();

    [GeneratedRegex(@"\b(?:top|which|what|whats|whose|worst|slowest|fastest|busiest|quietest|highest|lowest|most|least|rank(?:ed|ing)?|best|hottest|biggest|largest|smallest|cheapest|list|who|all|breakdown|split)\b", RegexOptions.IgnoreCase)]
    public static partial Regex TopWord();

    [GeneratedRegex(@"\b(?:by|per|each|every|across|of all)\s+(?:the\s+)?(?:servers?|hosts?|nodes?|box(?:es)?|services?|endpoints?|routes?|regions?|platforms?|projects?|tenants?|customers?|versions?)\b", RegexOptions.IgnoreCase)]
    public static partial Regex ByKind();

    [GeneratedRegex(@"\b(?:lowest|least|fastest|smallest|best|idle|quietest|fewest|cheapest)\b", RegexOptions.IgnoreCase)]
    public static partial Regex LowestWord();

    [GeneratedRegex(@"^\W*(?:since when|when did)\b", RegexOptions.IgnoreCase)]
    public static partial Regex SinceEver();

    [GeneratedRegex(@"^\W*(?:(?:tell|show|give) me\s+)?how (?:slow|fast|many|much|long|often|expensive|busy|hot|loaded|high|full)\b", RegexOptions.IgnoreCase)]
    public static partial Regex HowMuchWord();

    [GeneratedRegex(@"\bwhys?\b|\broot[- ]?cause\b|\brca\b|\bcaus(?:es?|ed|ing)\b|\breasons?\b|\banaly[sz]e\b|\banalysis\b|\bdiagnos|\binvestigat|\bexplain\b|\bwhat(?:'s|s| is| was| are)? (?:\w+ )?(?:happen\w*|wrong|going on|going wrong|up with|broken|breaking|failing)\b|\bwhats? (?:happened|went \w+|changed|broke|breaks|failed|crashed)\b|\b(?:something|anything|everything)\b.{0,20}\b(?:happen\w*|wrong|break|broke\w*|fail\w*|weird|odd)\b|\bwho(?:'s|s| is| was| are| all is)? (?:\w+ )?(?:hit|hurt|suffering|feeling)\b|\btroubleshoot|\bdebug\b|\bwhat(?:'s|s| is) (?:the )?(?:problem|matter|issue|deal|story)\b|\bbehind\b|\b(?:affected|impact(?:ed)?|blast radius|for whom|hit by|suffering)\b|\bhow bad\b|\bwhat(?:'s|s| is| was)? (?:killing|hurting|slowing|blocking|breaking|eating|making|wrecking|pushing|driving)\b|\blook (?:into|at)\b|\bcheck (?:on|out)?\b|\bsince when\b|\bwhen did (?:it|this|that)\b|\bany (?:ideas?|clues?)\b|\btell me why\b|\bhow come\b", RegexOptions.IgnoreCase)]
    public static partial Regex WhyWord();

    /// <summary>Somebody says that something is wrong, or asks whether it is.</summary>
    [GeneratedRegex(@"\b(?:is|are|was|were|been|being|looks?|feels?|getting|got|went|goes|going|seems?|keeps?|isn't|not)\s+(?:\S+\s+){0,5}(?:slow(?:er|ly)?|broken|fail(?:ing|s)|down|erroring|unresponsive|timing out|degraded|laggy|unhealthy|responding|work(?:ing)?|sluggish|stuck|dead|weird|off|crash\w*|ok(?:ay)?|fine|healthy|alright|up|good|normal|red|bad|terrible|awful|horrible|poor|high|elevated|crazy|insane|sideways|wild|wonky|funky|flaky|nuts|on fire|acting up)\b|\bacting (?:up|weird|strange)\b|\b(?:spik(?:ed|es|e|ing)|dropped|jumped|tanked|shot up|climb(?:ed|ing)|skyrocket\w*|exploded|plummeted|doubled|tripled|through the roof|crept up)\b|\b(?:blips?|hiccups?|glitch(?:es)?|anomal(?:y|ies|ous))\b|\b(?:seeing|getting|having|returning|throwing|complain\w*|report(?:s|ed|ing)|noticed|notice|experiencing|hearing)\b|^\W*is it (?:just|only|all|mainly|mostly)\b|\bhow(?:'s|s| is| are| was| were)\b.{0,40}\b(?:doing|looking|going|feeling|holding|behaving|performing)\b|^\W*how(?:'s|s| is| are| was| were)\s+\S+\W*$|\btrouble\b|\bproblems?\b|\bissues?\b|\bslow for\b|\bdown\W*$|\b(?:health|status|state) of\b", RegexOptions.IgnoreCase)]
    public static partial Regex StateWord();

    [GeneratedRegex(@"^\W*(?:(?:current |overall |system |service )?(?:status|health|overview|summary)(?: check| report)?|how are (?:we|things)(?: doing| looking| going)?|how(?:'s| is) it going|(?:is )?everything (?:ok|okay|fine|good|alright|up)|(?:are we|we) (?:ok|okay|good|fine|healthy|up|down)|all (?:good|green|clear|ok)|(?:is |are )?(?:there )?any(?:thing| problems?| issues?)(?: wrong| broken| down| weird| odd| off| unusual)?|sitrep|what(?:'s|s) (?:the )?(?:status|situation))\W*(?:now|today|here)?\W*$", RegexOptions.IgnoreCase)]
    public static partial Regex HealthWord();

    [GeneratedRegex(@"\bwhys?\b|\bcaus(?:es?|ed|ing)\b|\broot[- ]?cause\b|\brca\b|\breasons?\b|\bexplain\b|\bhow come\b|\bwhat happened\b|\bany (?:ideas?|clues?)\b", RegexOptions.IgnoreCase)]
    public static partial Regex CauseWord();

    [GeneratedRegex(@"^(?:(?:right )?now|rn|atm|currently|at the moment)$", RegexOptions.IgnoreCase)]
    public static partial Regex NowWord();

    [GeneratedRegex(@"\bover time\b|\btrend(?:s|ing)?\b|\bcharts?\b|\bplot\b|\bgraph(?:s|ed)?\b|\bdraw\b|\bhistory\b|\btimeline\b|\bvisuali[sz]e\b|\bminute by minute\b", RegexOptions.IgnoreCase)]
    public static partial Regex OverTimeWord();
}
