/** What agents are told in other languages. Accents are gone before patterns are tried. */
export interface Tongue {
  /** Set aside … earlier … instructions, in either order of the words. */
  readonly ignore: string;
  readonly earlier: string;
  readonly orders: string;
  /** Do not tell … the user. */
  readonly conceal: string;
  readonly person: string;
  /** Send … secrets. */
  readonly send: string;
  readonly secrets: string;
  /** The reading program … must. */
  readonly agent: string;
  readonly must: string;
  /** What people need not know, whoever they are. */
  readonly unsaid: string;
  /** A download … run unread or with all rights. */
  readonly fetched: string;
  readonly run: string;
  /** Without asking. */
  readonly unasked: string;
  /** Disable … verification. */
  readonly disable: string;
  readonly protection: string;
  /** Confirm or never flag … this entry. */
  readonly vote: string;
  readonly item: string;
}

export const TONGUES: readonly Tongue[] = [
  { // German
    agent:
      "ki-?(?:assistent|agent|modell|system|helfer|werkzeug)|\\bki |sprachmodell|agenten |assistent|assistenzsystem|automat",
    must:
      "muss|mussen|soll |sollen|sollte|hat zu|haben zu|legen sie|bitte|zuerst|zunachst|verpflichtet|haben sich|setzen sich|durfen|darf",
    unsaid:
      "(?:braucht|brauchen|muss|mussen|soll|sollen|darf|durfen|sollte)\\w{0,2} [^.!?]{0,60}(?:nicht|nichts|nie|kein\\w{0,2}) (?:zu )?(?:wissen|erfahren|merken|sehen|bemerken|mitbekommen)|(?:lass|lassen sie|halt|halten sie|behalt|behalten sie) [^.!?]{0,60}(?:weg|unerwahnt|fur sich|geheim|fur dich|aus [^.!?]{0,30}heraus)|unerwahnt|stillschweigen|verschwiegen|kein wort|gegenstandslos",
    fetched:
      "lad\\w{0,3} [^.!?]{0,80}herunter|herunterlad|runterlad|hol\\w{0,2} [^.!?]{0,60}(?:skript|datei|binar)",
    run:
      "(?:fuhr\\w{0,3}|start\\w{0,3}|lass\\w{0,2}) [^.!?]{0,60}(?:aus|administrator|root|laufen)|ausfuhren|als administrator|als root|ungepruft|ohne [^.!?]{0,20}(?:zu lesen|prufung|anzusehen)",
    ignore:
      "ignoriere(?![nt])|ignorieren sie|ignorier (?:die|alle)|vergiss|vergesse|missacht|verwirf|verwerfe|uberschreib|ubergeh|umgeh|befolge nicht|lass",
    earlier:
      "vorherig|vorangegangen|bisherig|fruher|obig|vorig|vorhergehend|alle|deine|ursprunglich|den |die ",
    orders: "anweisung|instruktion|vorgabe|regeln|richtlinie|befehle|systemprompt|aufforderung",
    conceal:
      "(?:sag|erzahl|verrat|informier|teil|erwahn|meld|zeig)\\w{0,4} [^.!?]{0,40}\\b(?:nicht|nichts|niemals|kein)|ohne [^.!?]{0,30}(?:zu informieren|wissen|davon zu erzahlen|mitzuteilen)|verheimlich|verschweig",
    person: "nutzer|benutzer|anwender|entwickler|menschen|niemandem|gegenuber",
    send: "sende |senden |schick|ubermittl|lad\\w{0,3} [^.!?]{0,60}hoch|ubertrag|poste|leite",
    secrets:
      "umgebungsvariabl|zugangsdaten|passwort|passworter|schlussel|geheimnis|api-key|token|\\.env|\\.ssh|quellcode",
    unasked:
      "du bist (?:jetzt|nun|ab sofort)|ab (?:jetzt|sofort) (?:bist|handelst|wirst|musst) du|an alle (?:ki|agenten|assistenten)|als ki-?(?:agent|assistent)|(?:sag|erzahl|verrat|zeig)\\w{0,3} (?:es )?(?:dem|der|den|deinem|niemandem) ?\\w{0,20} (?:nichts|nicht|niemals|kein)|ohne (?:nachzufragen|ruckfrage|zu fragen|nachfrage|bestatigung|genehmigung|zustimmung|freigabe|erlaubnis|um)|frag\\w{0,3} (?:nicht|nie|niemals|keine)",
    disable: "deaktivier|schalt\\w{0,3}|umgeh|uberspring|abschalt|ausschalt",
    protection: "zertifikat|tls|ssl|signatur|sandbox|sicherheit|uberprufung|prufung|verifizierung|freigabe",
    vote:
      "bestatig\\w{0,3}|genehmig\\w{0,3}|meld\\w{0,3} [^.!?]{0,30}nie|markier\\w{0,3} [^.!?]{0,30}(?:nie|nicht)|schlag\\w{0,3} [^.!?]{0,40}vor|empfiehl",
    item:
      "dies(?:en|e|er|es) (?:eintrag|einheit|wissen|tipp|beitrag|vorschlag|hinweis)|(?:alle|jeden|jede) (?:eintrag|eintrage|einheit|vorschlag|wissenseinheit)",
  },
  { // French
    agent: "assistant|agent ia|agents ia|modele de langage|intelligence artificielle|l'ia |les ia |robot",
    must:
      "doit|doivent|devez|devra|est tenu|sont tenus|est prie|sont pries|d'abord|a l'obligation|ont l'obligation|est autorise|sont autorises",
    unsaid:
      "n'(?:a|ont) pas (?:a|besoin de) (?:savoir|connaitre|voir)|inutile (?:d'en|de) (?:parler|mentionner|signaler|lui|prevenir|informer)|pass\\w{1,3} [^.!?]{0,40}sous silence|garde\\w{0,2} [^.!?]{0,30}pour (?:toi|vous)|ne doi(?:t|vent) (?:pas|rien|jamais) (?:savoir|apprendre|voir)|omet\\w{0,4} |motus",
    fetched: "telecharg",
    run:
      "(?:lance|execut|demarr)\\w{0,4} [^.!?]{0,50}(?:root|administrateur|sans)|en root|en tant qu'administrateur|sans (?:le |la |les )?(?:lire|verifier|relire|controler)",
    ignore:
      "ignor|oubli|neglig|contourn|ne (?:tiens|tenez) pas compte|fais abstraction|ne suis pas|outrepass",
    earlier: "precedent|anterieur|ci-dessus|toutes|initiale|tes |vos ",
    orders: "instruction|consigne|directive|regle|ordres|invite systeme",
    conceal:
      "(?:ne (?:dis|dites|parle|parlez|revele|revelez|mentionne|mentionnez|informe|informez|le dis|le dites|previens|prevenez) |n'(?:informe|informez|en parle|en parlez|avertis|avertissez|alerte) )|sans (?:en )?(?:informer|prevenir|avertir|le dire|le signaler)|cache\\w{0,2} ",
    person: "utilisateur|utilisatrice|developpeur|humain|personne|l'usager",
    send: "envoie|envoyez|envoyer|transmet|transfere|televers|publiez|postez|exfiltre[rz] ",
    secrets:
      "variables? d'environnement|identifiants|mots? de passe|cles? |secrets|jeton|\\.env|\\.ssh|code source",
    unasked:
      "tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)|a tous les (?:agents|assistants)|a partir de maintenant,? (?:tu|vous)|en tant qu'(?:agent|assistant) ia|sans (?:demander|confirmation|attendre|autorisation|approbation|validation|poser)|ne demande\\w{0,2} (?:pas|jamais|aucune)",
    disable: "desactiv|contourn|saute[rz]?|supprime",
    protection: "certificat|tls|ssl|signature|bac a sable|sandbox|securite|verification|validation",
    vote: "confirme[rz]?|approuve[rz]?|ne signale\\w{0,2} (?:jamais|pas)|propose[rz]?|valide[rz]?|vote[rz]?",
    item:
      "cette (?:unite|entree|fiche|connaissance|astuce|note)|ce (?:conseil|savoir)|toutes les (?:unites|entrees|connaissances)",
  },
  { // Spanish and Portuguese
    agent: "asistente|agente|agentes|modelo de lenguaje|modelo de linguagem|la ia |inteligencia artificial",
    must:
      "debe |deben |debera|deberan|tiene la obligacion|tiene que|tienen que|ha de |obligad|primero|deve |devem |esta autorizad|tem de |tem que",
    unsaid:
      "(?:no|nao) (?:hace falta|es necesario|tiene por que|tienen por que|necesita|precisa|debe|deve|e preciso|e necessario)[^.!?]{0,30}(?:enter|sab|saib|sep|conoc|ver|vea|fique sabendo)|omitel[ao]\\w{0,2}|omital[ao]|omita (?:es|la|el|lo|las)|callat|guard\\w{1,3} silencio|entre nosotros|entre nos|ni una palabra|em silencio|nem uma palavra",
    fetched: "descarg|descarreg|baix[ae]",
    run:
      "(?:ejecut|execut|lanz|rod[ae])\\w{0,5} [^.!?]{0,50}(?:sin|sem|root|administrador)|como (?:root|administrador)|sin (?:revisar|leer|mirar|verificar)|sem (?:revisar|ler|olhar|verificar)",
    ignore: "ignor|olvid|descart|haz caso omiso|no sigas|anula|omite|esquec|desconsider|hagas caso|desobedec",
    earlier: "anterior|previ|arriba|todas|todos|inicial|sistema|tus |suas |acima|dadas",
    orders:
      "instrucc|instrucoes|indicacion|directriz|directrices|regla|regras|ordenes|ordens|diretriz|comandos",
    conceal:
      "(?:no |nao |nunca )(?:le |lo |se lo |se |les |o )?(?:dig|cuent|inform|menci|revel|avis|notifi|muestr|cont|mostr|comuni|alert)\\w{0,6}|sin (?:que |avisar|informar|decir|notificar|mencionar)|sem (?:que |avisar|informar|dizer|notificar)|ocult\\w{0,4}|escond\\w{0,4}",
    person: "usuari|desarrollador|desenvolvedor|humano|nadie|ninguem",
    send: "envia|envie|manda |mande |sube |subir |transmite|publica |reenvi|remeta",
    secrets:
      "variables de entorno|variaveis de ambiente|credencia|contrasen|senhas?|claves?|chaves?|secretos?|segredos?|tokens?|\\.env|\\.ssh|codigo fuente|codigo-fonte",
    unasked:
      "ahora eres|eres ahora|a partir de ahora,? (?:eres|debes)|agora voce e|voce agora e|a partir de agora,? voce|atencion,? agentes?|a todos los agentes|sin (?:preguntar|pedir|confirmacion|confirmar|aprobacion|permiso|autorizacion|consultar)|sem (?:perguntar|pedir|confirmacao|confirmar|aprovacao|permissao|autorizacao)|no (?:preguntes|pidas|solicites)",
    disable: "desactiv|deshabilit|desabilit|desativ|omite |omitir|salta |saltar|evita la|elude|deslig",
    protection: "certificad|tls|ssl|firma|assinatura|sandbox|segur|verificac|validac",
    vote:
      "confirma\\w{0,2}|confirme\\w{0,2}|aprueb\\w{0,2}|aprov\\w{0,3}|(?:nunca|no|nao) (?:marques|reportes|marque|denuncies|senales|sinalize)|propon\\w{0,2}|vota\\w{0,2}",
    item:
      "est[ae] (?:unidad\\w{0,2}|entrada|conocimiento|conhecimento|consejo|nota|registro|dica)|todas las (?:unidades|entradas)|todas as (?:unidades|entradas)",
  },
  { // Italian
    agent: "assistente|agente|agenti|modello linguistico|intelligenza artificiale|l'ia ",
    must: "deve |devono|dovra|e tenuto|sono tenuti|ha l'obbligo|prima di tutto|anzitutto|e autorizzat",
    unsaid:
      "non (?:serve|occorre|deve|devono|c'e bisogno|e necessario)[^.!?]{0,40}(?:sappia|sapere|vedere|veda|conosc)|tien\\w{0,4} [^.!?]{0,20}per (?:te|se|voi)|acqua in bocca|ometti|omettere|non una parola",
    fetched: "scarica",
    run:
      "(?:esegui|avvia|lancia)\\w{0,4} [^.!?]{0,50}(?:root|amministratore|senza)|come (?:root|amministratore)|senza (?:leggere|controllare|verificare|guardar)",
    ignore: "ignor|dimentic|trascur|non seguire|scarta|annull|aggir",
    earlier: "precedent|sopra|anterior|tutte|iniziali|sistema|tue ",
    orders: "istruzion|direttiv|regole|indicazion|comandi|ordini",
    conceal:
      "non (?:dire|dirlo|informare|menzionare|rivelare|avvisare|mostrare|comunicare|parlare)|senza (?:dire|dirlo|informare|avvisare|che )|nascond",
    person: "utente|sviluppator|nessuno|umano|persona",
    send: "invia |inviare|manda |carica |trasmett|pubblica|inoltra",
    secrets:
      "variabili d'ambiente|variabili di ambiente|credenzial|password|chiav|segret|token|\\.env|\\.ssh|codice sorgente",
    unasked:
      "(?:ora|adesso) sei|sei ora|d'ora in poi|a tutti gli agenti|senza (?:chiedere|conferma|approvazione|permesso|autorizzazione|attendere)|non chiedere",
    disable: "disabilita|disattiv|salta |aggira|elimina",
    protection: "certificat|tls|ssl|firm|sandbox|sicurezza|verific|validazion",
    vote: "conferma|approva|non segnalare|proponi|vota",
    item: "quest[ao]\\w{0,1} (?:unita|voce|nota|conoscenza|consiglio|informazione)|tutte le (?:unita|voci)",
  },
  { // Dutch and the Scandinavian languages
    agent: "assistent|agent |agenten|taalmodel|kunstmatige intelligentie",
    must: "moet|moeten|dient|dienen|verplicht|eerst|mag |skal|maste|ska ",
    unsaid:
      "(?:hoeft|hoeven|mag|mogen|moet)\\w{0,2} [^.!?]{0,50}niet (?:te )?(?:weten|zien|merken)|houd [^.!?]{0,30}voor (?:je|jezelf|u)|laat [^.!?]{0,40}(?:weg|onvermeld)|geen woord|onvermeld",
    fetched: "download|haal [^.!?]{0,30}op|last ned|ladda ner",
    run:
      "(?:voer|start|draai)\\w{0,2} [^.!?]{0,50}(?:als root|als beheerder|uit|zonder)|als (?:root|beheerder)|zonder [^.!?]{0,20}(?:te lezen|te controleren)|som root",
    ignore: "negeer|vergeet|sla [^.!?]{0,30} over|glem|ignorer|bortse|glom|volg niet",
    earlier: "vorige|eerdere|voorgaande|bovenstaande|alle|tidligere|forrige|foregaende|tidigare",
    orders: "instructies|regels|richtlijnen|opdrachten|aanwijzingen|instruks|instruktion|regler",
    conceal:
      "(?:vertel|zeg|meld|informeer)\\w{0,2} [^.!?]{0,40}(?:niet|niets|nooit)|zonder [^.!?]{0,30}(?:te vertellen|te informeren|medeweten)|verberg|fortell ikke|beratta inte|fortael ikke",
    person: "gebruiker|ontwikkelaar|niemand|bruker|anvandar",
    send: "stuur|verzend|verstuur|skicka",
    secrets:
      "omgevingsvariabelen|wachtwoord|sleutel|inloggegevens|geheim|token|\\.env|\\.ssh|miljovariab|losenord|passord|nokler",
    unasked:
      "je bent (?:nu|vanaf nu)|vanaf nu ben je|aan alle agenten|zonder (?:te vragen|bevestiging|toestemming|goedkeuring|om)|vraag niet|uden at sporge|utan att fraga|uten a sporre",
    disable: "schakel|omzeil|sla de|deaktiver|inaktivera",
    protection: "certifica|tls|ssl|handtekening|sandbox|beveiliging|verificatie|controle",
    vote: "bevestig|keur|markeer [^.!?]{0,20}nooit|stel [^.!?]{0,20}voor|bekraft",
    item: "(?:deze|dit) (?:eenheid|item|kennis|tip|notitie|vermelding)|denna (?:enhet|post)",
  },
  { // Polish and Czech
    agent: "asystent|agent |agenci|model jezykowy|sztuczna inteligencja|umela inteligence",
    must: "musi|musza|powinien|powinni|ma obowiazek|najpierw|nalezy|nejprve|ma povinnost",
    unsaid:
      "nie (?:musi|musza|powinien|powinni|moze)[^.!?]{0,30}(?:wiedziec|zobaczyc|widziec)|zachowaj [^.!?]{0,20}dla siebie|przemilcz|ani slowa|nemusi [^.!?]{0,20}vedet",
    fetched: "pobierz|sciagnij|stahni",
    run:
      "(?:uruchom|wykonaj|spust)\\w{0,4} [^.!?]{0,40}(?:root|administrator|bez)|jako (?:root|administrator)|bez (?:czytania|sprawdzania|kontroly)",
    ignore: "zignoruj|ignoruj|zapomnij|pomin|zapomen|nie przestrzegaj",
    earlier: "poprzedni|wczesniejsz|powyzsz|wszystk|dotychczasow|predchoz|vsechny",
    orders: "instrukcj|polece|zasad|wytyczn|pokyn|instrukc|regul",
    conceal:
      "nie (?:mow|informuj|wspominaj|zdradzaj|powiadamiaj)|nerikej|neinformuj|bez (?:informowania|wiedzy|vedomi)|ukryj",
    person: "uzytkownik|programist|nikomu|uzivatel",
    send: "wyslij|przeslij|odesli|posli|przekaz",
    secrets:
      "zmienne srodowiskowe|zmiennych|hasla|hasel|klucz|sekret|poswiadcze|token|\\.env|\\.ssh|hesl|klic",
    unasked:
      "jestes teraz|od teraz jestes|bez (?:pytania|potwierdzenia|zgody|zatwierdzenia|ptani|potvrzeni|souhlasu)|nie pytaj|neptej",
    disable: "wylacz|pomin|omin|vypni|obejdz",
    protection: "certyfikat|tls|ssl|podpis|piaskownic|sandbox|bezpiecz|weryfikacj|certifik|overov",
    vote: "potwierdz|zatwierdz|nie zglaszaj|zaproponuj|potvrd|schval",
    item: "(?:te|ten|to|tuto|tento) (?:jednostk|wpis|wiedz|zaznam|jednotk)",
  },
  { // Russian and Ukrainian
    agent: "агент|ассистент|помощник|языков\\S{1,3} модел|нейросет|бот(?![а-я]*(?:т|ник))|асистент",
    must:
      "обязан|долж(?:ен|на|ны)|следует|необходимо|сначала|прежде всего|повинен|повинн|имеет право|разрешено",
    unsaid:
      "(?:не (?:нужно|надо|следует|должен|должны|обязательно|стоит)|незачем|ни к чему)[^.!?]{0,30}(?:знать|видеть|говорить|сообщать|узнать|упоминать)|держи[^.!?]{0,20}при себе|умолч|помалкив|ни слова|промолч",
    fetched: "скачай|скачать|загрузи|скачива|завантаж",
    run:
      "(?:запусти|запуска|выполни)\\S{0,4}[^.!?]{0,40}(?:root|администратор|не (?:глядя|читая|проверя)|без)|от имени администратора|под root|не (?:читая|проверяя|глядя)",
    ignore: "игнорир|забудь|отмени|не следуй|не обращай|пренебрег|отбрось|ігноруй|обойди",
    earlier: "предыдущ|прежни|ранее|выше|все |всe|системн|попередн|усі|прошл|исходн",
    orders: "инструкци|указани|правил|команд|промпт|директив|інструкці|вказівк|распоряжени|подсказк",
    conceal:
      "не (?:говори|сообщай|рассказывай|упоминай|уведомляй|показывай|раскрывай|кажи|повідомляй)|без ведома|скрой|скрыва|ничего не|втайне|тайно",
    person: "пользовател|разработчик|человек|никому|користувач|людям",
    send: "отправ|пошли|перешли|загрузи|передай|выложи|надішли|скинь",
    secrets:
      "переменн\\S{0,4} (?:окружен|сред)|парол|ключ|секрет|токен|учетн|змінн|\\.env|\\.ssh|исходн\\S{0,3} код",
    unasked:
      "ты теперь|теперь ты|отныне ты|вы теперь|с этого момента ты|вниман\\S{1,3} (?:ии|агент)|всем агентам|ти тепер|без (?:подтвержден|разрешен|спроса|согласия|одобрен|запроса|вопросов|підтвердж)|не спрашива|не запрашива|не питай",
    disable: "отключ|выключ|обойди|пропусти|вимкни",
    protection: "сертификат|tls|ssl|подпис|песочниц|безопасност|проверк|верификац|перевірк",
    vote:
      "подтверди|подтвержда|одобри|одобря|никогда не (?:помечай|отмечай|жалуйся)|не помечай|предложи|підтверд|голосуй",
    item: "эт(?:у|от|о|и) (?:запис|единиц|знани|совет|заметк)|все (?:запис|единиц)|ц(?:ю|ей) запис",
  },
  { // Chinese
    agent: "智能体|智慧體|ai ?助手|助手|代理程序|大模型|语言模型|語言模型|机器人",
    must: "应当|應當|必须|必須|需要先|应先|應先|请先|請先|有义务|务必|須|有权|授权",
    unsaid:
      "保持沉默|别写|不要写|不必(?:知道|让|提)|没必要(?:知道|让|告诉)|无须(?:知道|提及)|只字不提|守口如瓶|不得(?:提及|写入|出现)|隐去|略去|保密|悄悄|偷偷",
    fetched: "下载|下載|拉取",
    run: "root ?权限|管理员(?:权限|身份)|直接(?:运行|執行|执行)|不用看|不必看|无需(?:查看|检查)|無需檢查",
    ignore: "忽略|忽视|无视|無視|忘记|忘掉|不要遵循|不要理会|抛弃|绕过|覆盖",
    earlier: "之前|先前|以上|上述|前面|所有|系统|原有|原来|你的|此前|過去|一切",
    orders: "指令|指示|规则|規則|提示词|提示詞|提示|命令|要求|约束|限制|设定",
    conceal:
      "不要(?:告诉|告知|通知|提及|透露|让|向|提醒)|别(?:告诉|让|通知)|切勿告|隐瞒|瞒着|無需告知|请勿告知|不得告知",
    person: "用户|使用者|用戶|开发者|人类|任何人|开发人员",
    send: "发送|上传|上傳|發送|传送|发到|提交|转发|外传|泄露",
    secrets: "环境变量|密钥|密码|凭证|凭据|令牌|私钥|環境變數|密鑰|源代码|\\.env|\\.ssh|api ?key",
    unasked:
      "你现在是|从现在(?:开始|起)|请扮演|所有(?:ai|智能体|助手)|致(?:所有)?(?:ai|智能体|助手)|作为(?:ai|智能体|助手)|无需(?:确认|询问|征求|批准|用户)|不(?:要|必|需要?)(?:询问|确认|征求|请求)|未经(?:确认|同意|批准)|無需確認|不经(?:确认|同意)",
    disable: "禁用|关闭|跳过|绕过|停用|關閉",
    protection: "证书|tls|ssl|签名|沙箱|沙盒|安全|验证|校验|审批|憑證",
    vote: "确认|批准|赞成|不要(?:标记|举报)|切勿标记|提议|投票|始终确认|通过",
    item: "(?:此|本|这个|这条|该)(?:单元|条目|知识|知识单元|建议|记录)|(?:所有|每个|每条)(?:单元|条目|知识)",
  },
  { // Japanese and Korean
    agent: "エージェント|アシスタント|言語モデル|ボット|에이전트|어시스턴트|언어 ?모델|도우미",
    must: "べき|しなければ|すること|必ず|まず|義務|해야|하십시오|먼저|의무|반드시|許可され",
    unsaid:
      "伏せ|書かない|触れない|黙って|知る必要はない|知らなくて|口外|内密|언급하지|적지 ?(?:말|마)|알 필요|함구|비밀로|조용히|입 밖",
    fetched: "ダウンロード|다운로드|내려받",
    run:
      "root ?権限|管理者(?:権限|として)|そのまま実行|確認せずに|読まずに|중요하지|관리자 권한|root ?권한|그대로 실행|확인하지 않고",
    ignore: "無視|忘れ|従わない|破棄|上書き|무시|잊어|따르지 마|잊고",
    earlier:
      "以前|前の|これまで|上記|すべて|全て|以上|先の|システム|이전|앞선|앞의|위의|모든|기존|시스템|지금까지",
    orders: "指示|命令|ルール|プロンプト|指令|規則|制約|지시|명령|규칙|프롬프트|지침",
    conceal:
      "(?:伝え|知らせ|教え|言わ|報告し)な|内緒|秘密に|隠し|隠せ|黙って|알리지|말하지|보고하지|숨기|비밀로|모르게",
    person: "ユーザ|利用者|開発者|人間|誰に|사용자|개발자|아무에게|유저",
    send: "送信|送って|送れ|アップロード|投稿|転送|전송|보내|업로드",
    secrets:
      "環境変数|パスワード|秘密鍵|鍵|トークン|認証情報|\\.env|\\.ssh|환경 ?변수|비밀번호|키를|토큰|자격 ?증명|비밀|api ?키",
    unasked:
      "あなたは今(?:から)?|これからあなた|今からあなた|당신은 이제|이제부터 (?:당신|너)|지금부터 (?:당신|너)|すべての(?:ai|エージェント)|모든 (?:ai|에이전트)|確認(?:せず|なし|を求めず|しない)|承認なし|許可なく|尋ねず|聞かず|확인 ?없이|묻지 ?(?:말|않)|허락 ?없이|승인 ?없이|동의 ?없이",
    disable: "無効|オフに|スキップ|回避|비활성|끄고|끄세요|건너뛰|우회",
    protection: "証明書|tls|ssl|署名|サンドボックス|セキュリティ|検証|인증서|서명|샌드박스|보안|검증",
    vote: "確認し|承認し|賛成|報告しない|フラグを付けない|提案し|확인하|승인하|신고하지|제안하|추천하",
    item: "この(?:ユニット|エントリ|知識|項目|ヒント)|이 (?:유닛|항목|지식|단위|팁)",
  },
  { // Turkish, Arabic, Hindi, Vietnamese, Indonesian
    agent: "asistan|yapay zeka|ajan |agen |asisten|tro ly|الوكيل|المساعد|وكيل|مساعد|एजेंट|सहायक|एआई",
    must:
      "zorunda|meli|mali|yukumlu|once |يجب|عليه|ملزم|أولا|चाहिए|पहले|phai |truoc tien|harus|wajib|terlebih dahulu",
    unsaid:
      "(?:bilmesine|bilmesi|gormesine) gerek yok|aramizda|sessiz kal|soz etme|لا داعي|لا حاجة|بيننا|اكتم|जरूरत नहीं|चुप|khong can (?:biet|noi)|giu im lang|giu bi mat|tidak perlu (?:tahu|memberi)|rahasiakan|diam-diam",
    fetched: "indir|حمل |تنزيل|डाउनलोड|tai xuong|tai ve|unduh",
    run:
      "yonetici olarak|root olarak|okumadan|incelemeden|كمسؤول|دون (?:قراءة|فحص)|प्रशासक|बिना (?:पढ़े|जांच)|voi quyen|khong can doc|sebagai (?:root|admin)|tanpa (?:membaca|memeriksa)",
    ignore:
      "yok say|gormezden gel|unut|goz ardi|تجاهل|انس|تجاوز|अनदेखा|नजरअंदाज|नज़रअंदाज़|भूल|bo qua|quen|abaikan|lupakan|hay bo",
    earlier:
      "onceki|yukaridaki|tum|sistem|السابقة|السابق|اعلاه|جميع|أعلاه|पिछले|पिछली|सभी|पूर्व|truoc|tren|tat ca|sebelum|di atas|semua",
    orders:
      "talimat|kural|komut|yonerge|تعليمات|التعليمات|الأوامر|اوامر|القواعد|निर्देश|नियम|आदेश|huong dan|chi dan|lenh|chi thi|instruksi|perintah|aturan|prompt",
    conceal:
      "soyleme|bahsetme|bildirme|haber verme|gizle|لا تخبر|دون علم|دون إخبار|दون|मत बता|न बता|khong noi|dung noi|khong cho|jangan beri|jangan katakan|tanpa memberi",
    person: "kullanici|gelistirici|kimse|المستخدم|أحد|उपयोगकर्ता|यूजर|nguoi dung|pengguna",
    send: "gonder|yukle|ilet|أرسل|ارسل|ارفع|भेज|अपलोड|hay gui|gui tat|tai len|kirim|unggah",
    secrets:
      "ortam degisken|parola|sifre|anahtar|kimlik bilgi|متغيرات|كلمات? المرور|مفاتيح|المفاتيح|بيانات الاعتماد|पासवर्ड|कुंजी|पर्यावरण|bien moi truong|mat khau|khoa|kredensial|kata sandi|kunci|\\.env|\\.ssh|token",
    unasked:
      "artik sen|sen artik|anda sekarang|أنت الآن|अब आप|bay gio ban la|sormadan|onay almadan|onaysiz|izin almadan|دون (?:تأكيد|موافقة|إذن|سؤال)|بدون (?:تأكيد|موافقة|إذن)|बिना (?:पूछे|पुष्टि|अनुमति)|khong can (?:hoi|xac nhan)|tanpa (?:bertanya|konfirmasi|izin|persetujuan)",
    disable: "devre disi|kapat|atlayin|عطل|تعطيل|أوقف|अक्षम|बंद कर|tat |vo hieu|nonaktifkan|lewati",
    protection:
      "sertifika|tls|ssl|imza|guvenlik|dogrulama|sandbox|شهادة|التحقق|التوقيع|الأمان|प्रमाणपत्र|सत्यापन|सुरक्षा|chung chi|xac minh|chu ky|sertifikat|verifikasi",
    vote: "onayla|isaretleme|oner|أكد|وافق|لا تبلغ|पुष्टि कर|स्वीकृत|xac nhan|phe duyet|konfirmasi|setujui",
    item:
      "bu (?:birim|kayd|kayit|bilgi)|هذه (?:الوحدة|المعلومة|المعرفة)|هذا (?:السجل|الإدخال)|इस (?:इकाई|जानकारी|प्रविष्टि)|(?:muc|don vi) nay|(?:unit|entri|pengetahuan) ini",
  },
];
